import type { Finding } from "@plumbline/contract/findings";
import type { AttributeView, OutputView, PlanView, ResourceView } from "@plumbline/contract/plan-view";

/** A row of the plan tree. `key` is stable while the plan stays the same. */
export type PlanRow = { key: string } & (
  | { kind: "resource"; resource: ResourceView; open: boolean; findings: Finding[]; undoes: boolean }
  | { kind: "attribute"; resource: ResourceView; attribute: AttributeView }
  | { kind: "finding"; finding: Finding }
  | { kind: "note"; text: string }
  | { kind: "heading"; text: string }
  | { kind: "output"; output: OutputView }
);

/** From this many changed attributes on, a created or destroyed resource without a finding begins folded. */
const foldFrom = 5;

/** Which resources begin folded: large ones that nobody has to look at first; `compact`, all without a finding. */
export function foldedAtFirst(plan: PlanView, findings: readonly Finding[], compact = false): Set<string> {
  const found = new Set(findings.map(({ address }) => address));
  return new Set(
    plan.resources
      .filter(
        ({ address, action, attributes }) =>
          !found.has(address) &&
          (compact ||
            action === "none" ||
            action === "read" ||
            (["create", "delete"].includes(action) && attributes.length >= foldFrom)),
      )
      .map(keyOf),
  );
}

/** A resource's key: its address, and the deposed object's id where it is one. */
export function keyOf(resource: Pick<ResourceView, "address" | "deposed">): string {
  return resource.deposed === undefined ? resource.address : `${resource.address} deposed ${resource.deposed}`;
}

/**
 * The plan as rows: what no resource of the plan carries first, then resources with their changed attributes, each
 * finding under its attribute (under the resource where the attribute is not changed), outputs last.
 */
export function planRows(plan: PlanView, findings: readonly Finding[], folded: ReadonlySet<string>): PlanRow[] {
  const addresses = new Set(plan.resources.map(({ address }) => address));
  const outside = new Set(plan.outside.map(({ address }) => address));
  const rows: PlanRow[] = findings
    .filter(({ address }) => address === undefined || !addresses.has(address))
    .map((finding) => findingRow(finding));
  for (const resource of plan.resources) rows.push(...resourceRows(resource, findings, folded, outside));
  if (plan.hidden.resources > 0)
    rows.push({
      kind: "note",
      key: "hidden",
      text: `${plan.hidden.resources} more resources are left out here; the text holds what fits`,
    });
  if (plan.outputs.length > 0) {
    rows.push({ kind: "heading", key: "outputs", text: "Outputs" });
    for (const output of plan.outputs) rows.push({ kind: "output", key: `output ${output.name}`, output });
  }
  return rows;
}

function resourceRows(
  resource: ResourceView,
  findings: readonly Finding[],
  folded: ReadonlySet<string>,
  outside: ReadonlySet<string>,
): PlanRow[] {
  const key = keyOf(resource);
  const own = findings.filter(({ address }) => address === resource.address);
  const open = !folded.has(key);
  const rows: PlanRow[] = [
    {
      kind: "resource",
      key,
      resource,
      open,
      findings: own,
      undoes: outside.has(resource.address) && resource.action !== "none",
    },
  ];
  if (!open) return rows;
  const placed = new Set<Finding>();
  for (const attribute of resource.attributes) {
    rows.push({ kind: "attribute", key: `${key} ${attribute.path}`, resource, attribute });
    for (const finding of own)
      if (!placed.has(finding) && covers(finding.attribute, attribute.path)) {
        placed.add(finding);
        rows.push(findingRow(finding));
      }
  }
  for (const finding of own) if (!placed.has(finding)) rows.push(findingRow(finding));
  const rest = [
    resource.hidden > 0 ? `${resource.hidden} changed attributes left out` : null,
    resource.unchanged > 0
      ? `${resource.unchanged} ${resource.unchanged === 1 ? "attribute" : "attributes"} unchanged`
      : null,
  ].filter((text) => text !== null);
  if (rest.length > 0) rows.push({ kind: "note", key: `${key} rest`, text: rest.join(", ") });
  return rows;
}

/** Whether a finding's attribute is the attribute at `path` or the one it lies in: `ingress` covers `ingress[0].cidr`. */
function covers(attribute: string | undefined, path: string): boolean {
  return (
    attribute !== undefined &&
    (path === attribute || path.startsWith(`${attribute}[`) || path.startsWith(`${attribute}.`))
  );
}

function findingRow(finding: Finding): PlanRow {
  return { kind: "finding", key: `finding ${finding.fingerprint}`, finding };
}

import type { AttributeView, DisplayValue, Finding, PlanView, ResourceView, Severity } from "@plumbline/contract";
import { compareSeverity } from "@plumbline/contract";

/** What a check found, in words. */
export interface FoundDrift {
  /** Per resource what changed from what was applied to what is live. */
  resources: ResourceView[];
  severity: Severity;
  title: string;
  /** What the rules say about the live values that they did not say about the applied ones. */
  findings: Finding[];
}

/** What the rules say about the live values of one resource. */
export interface Verdict {
  introduced: readonly Finding[];
  severity: Severity;
}

/**
 * What differs from what was applied: changes found outside that applying the same code again would undo or that break
 * a rule, and what it would still do besides. Undefined where nothing does. A provider's own noise (a restore time that
 * is new at each read) is neither.
 */
export function describeDrift(plan: PlanView, verdicts: ReadonlyMap<string, Verdict>): FoundDrift | undefined {
  const acted = new Set(
    plan.resources.filter(({ action }) => !["none", "read"].includes(action)).map(({ address }) => address),
  );
  const found = plan.outside.filter(
    ({ address }) => acted.has(address) || (verdicts.get(address)?.introduced.length ?? 0) > 0,
  );
  const outside = new Set(found.map((resource) => resource.address));
  const undeclared = plan.resources.filter(
    (resource) =>
      resource.mode === "managed" && !["none", "read"].includes(resource.action) && !outside.has(resource.address),
  );
  const planned = new Map(plan.resources.map((resource) => [resource.address, resource]));
  const resources = [
    ...found.map((resource) => withCode(resource, planned.get(resource.address))),
    ...undeclared.map(seenFromTheCloud),
  ];
  if (resources.length === 0) return undefined;
  const judged = resources.map((resource) => ({ resource, ...verdictOf(resource, verdicts.get(resource.address)) }));
  judged.sort((one, other) => compareSeverity(one.severity, other.severity));
  const [worst] = judged;
  if (worst === undefined) return undefined;
  const others = judged.length - 1;
  const more = others === 0 ? "" : `, and ${others} more ${others === 1 ? "resource" : "resources"}`;
  return {
    resources,
    severity: worst.severity,
    title: titleOf(worst.resource, worst.findings[0]) + more,
    findings: judged.flatMap(({ findings }) => findings),
  };
}

/** A deleted resource is high: something that should serve does not exist. Everything else is as bad as the rules say. */
function verdictOf(resource: ResourceView, verdict: Verdict | undefined): { severity: Severity; findings: Finding[] } {
  const findings = [...(verdict?.introduced ?? [])].sort((one, other) => compareSeverity(one.severity, other.severity));
  const own = verdict?.severity ?? "low";
  const severity = resource.action === "delete" && compareSeverity(own, "high") > 0 ? "high" : own;
  return { severity, findings };
}

/** Beside what was applied and what is live: what the code declares, as its plan over the live values says. */
function withCode(resource: ResourceView, planned: ResourceView | undefined): ResourceView {
  const declared = new Map(planned?.attributes.map(({ path, after }) => [path, after]));
  return {
    ...resource,
    attributes: resource.attributes.map((attribute) => {
      const code = declared.get(attribute.path);
      return code === undefined ? attribute : { ...attribute, code };
    }),
  };
}

/** A plan says what would be done to get from live to declared; a case says what was done to get from declared to live. */
function seenFromTheCloud(resource: ResourceView): ResourceView {
  const turned = { add: "remove", remove: "add", change: "change" } as const;
  return {
    ...resource,
    action: resource.action === "create" ? "delete" : resource.action === "delete" ? "create" : "update",
    attributes: resource.attributes.map((attribute) => ({
      ...attribute,
      change: turned[attribute.change],
      before: attribute.after,
      after: attribute.before,
      code: attribute.after,
    })),
  };
}

const openedTo = /^"(?:0\.0\.0\.0\/0|::\/0)"$/;
const networkAttribute =
  /^(?:(.+)\.)?(?:cidr|cidrs|cidr_ipv4|cidr_ipv6|cidr_blocks|ipv6_cidr_blocks|source_ranges)(?:\[\d+\])?$/;

/** The worst of what happened, in one line. */
function titleOf(resource: ResourceView, finding: Finding | undefined): string {
  const { address } = resource;
  if (resource.action === "delete") return `${address} was deleted`;
  const opened = resource.attributes.find(
    ({ path, after }) => networkAttribute.test(path) && openedTo.test(textOf(after)),
  );
  if (opened !== undefined) {
    const network = textOf(opened.after).slice(1, -1);
    const port = portBeside(resource, opened);
    return port === undefined ? `${address} is open to ${network}` : `Port ${port} of ${address} is open to ${network}`;
  }
  if (finding !== undefined) return `${finding.title}: ${address}`;
  const [only, second] = resource.attributes;
  if (only === undefined) return `${address} was changed`;
  if (second !== undefined) return `${resource.attributes.length} attributes of ${address} were changed`;
  const [from, to] = [textOf(only.before), textOf(only.after)];
  return from.length + to.length > 80
    ? `${only.path} of ${address} was changed`
    : `${only.path} of ${address} was changed from ${from} to ${to}`;
}

/** The port of the rule that an opened network belongs to, where the change says it. */
function portBeside(resource: ResourceView, opened: AttributeView): string | undefined {
  const rule = networkAttribute.exec(opened.path)?.[1];
  const beside = (name: string) => {
    const found = resource.attributes.find(({ path }) => path === (rule === undefined ? name : `${rule}.${name}`));
    return found?.after.kind === "value" ? found.after.text : undefined;
  };
  const [from, to] = [beside("port") ?? beside("from_port"), beside("to_port")];
  return from !== undefined && to !== undefined && to !== from ? `${from}–${to}` : (from ?? to);
}

function textOf(value: DisplayValue): string {
  if (value.kind === "value") return value.text;
  return { unknown: "an unknown value", sensitive: "a sensitive value", absent: "nothing" }[value.kind];
}

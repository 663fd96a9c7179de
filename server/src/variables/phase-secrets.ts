import type { PhaseSecrets } from "@plumbline/contract";
import { problem } from "@plumbline/contract";
import type { SealedReference } from "@plumbline/contract/configuration/configuration";
import { z } from "zod";
import type { Tx } from "../platform/database/pools.ts";
import { sealedCredential } from "./credential-store.ts";
import type { CredentialPhase } from "./credential-store.ts";
import { sealedValue } from "./variable-store.ts";
import type { VariablesContext } from "./variables-context.ts";

/** An input that comes from another workspace's output. */
interface InputValue {
  variable: string;
  value: unknown;
  sensitive: boolean;
}

/** What one phase of one run is to receive. */
export interface PhaseRequest {
  organizationId: string;
  repositoryId: string;
  environment: string;
  component: string;
  phase: CredentialPhase;
  /** References of sealed.yaml at the values commit. */
  sealed: readonly Pick<SealedReference, "component" | "variable" | "version" | "as" | "phases">[];
  /** Name of the environment's credentials; null for none. */
  credentials: string | null;
  inputs: readonly InputValue[];
}

/** What the phase receives, and for the audit log which sealed things were opened for it. */
export interface ResolvedSecrets {
  secrets: PhaseSecrets;
  opened: { credential: string | null; variables: { component: string; name: string; version: number }[] };
}

const Environment = z.record(z.string(), z.string());

/** Variables of credentials that name a place; hiding them would hide that word everywhere in a log. */
const notSecret = /_(?:REGION|ACCOUNT|ENDPOINT(?:_URL)?)$/;

/**
 * Opens what one phase of one run receives: the credential of this phase alone, the sealed variables that are for it
 * (a component's own over `common`), and inputs from outputs. Throws `configuration_wrong` where sealed.yaml names a
 * version that was never stored.
 */
export async function resolveSecrets(
  tx: Tx,
  context: Pick<VariablesContext, "sealing">,
  request: PhaseRequest,
): Promise<ResolvedSecrets> {
  const { organizationId, repositoryId, environment: environmentName } = request;
  const mask = new Set<string>();
  const environment: Record<string, string> = {};
  for (const input of request.inputs) {
    const text = inputText(input.value);
    environment[`TF_VAR_${input.variable}`] = text;
    if (input.sensitive) collectTexts(input.value, mask);
  }
  const variables: ResolvedSecrets["opened"]["variables"] = [];
  for (const reference of sealedFor(request)) {
    const { component, variable: name, version } = reference;
    const stored = await sealedValue(tx, { repositoryId, environment: environmentName, component, name, version });
    if (stored === undefined)
      throw problem(
        "configuration_wrong",
        `environments/${environmentName}/sealed.yaml names version ${version} of ${name} (${component}), which was never stored.`,
        { next: `Store it: plumb variables set ${name}, or name a version that exists.` },
      );
    const value = context.sealing.open("sealed-variable", organizationId, stored.id, stored.sealed).toString("utf8");
    environment[reference.as === "input" ? `TF_VAR_${name}` : name] = value;
    collectTexts(value, mask);
    variables.push({ component, name, version });
  }
  const credential = request.credentials === null ? undefined : await openCredential(tx, context, request);
  for (const [name, value] of Object.entries(credential ?? {})) {
    environment[name] = value;
    if (!notSecret.test(name)) collectTexts(value, mask);
  }
  const opened = { credential: credential === undefined ? null : request.credentials, variables };
  return { secrets: { environment, mask: [...mask] }, opened };
}

/** The references for this phase; a component's own hides one of `common` with the same name. */
function sealedFor(request: PhaseRequest): PhaseRequest["sealed"] {
  const mine = request.sealed.filter(
    ({ component, phases }) =>
      (component === request.component || component === "common") && (phases === "both" || phases === request.phase),
  );
  return mine.filter(
    (reference) =>
      reference.component !== "common" ||
      !mine.some((other) => other.component !== "common" && other.variable === reference.variable),
  );
}

async function openCredential(
  tx: Tx,
  context: Pick<VariablesContext, "sealing">,
  request: PhaseRequest,
): Promise<Record<string, string> | undefined> {
  const stored = await sealedCredential(tx, request.credentials ?? "", request.phase);
  if (stored === undefined) return undefined;
  const bytes = context.sealing.open("credential", request.organizationId, stored.id, stored.sealed);
  return Environment.parse(JSON.parse(bytes.toString("utf8")));
}

/** A value as TF_VAR_… takes it: texts as they are, everything else as JSON, which HCL reads. */
function inputText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
}

/** Every text within a secret value, and its spelling inside JSON, line by line. */
function collectTexts(value: unknown, mask: Set<string>): void {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) collectTexts(child, mask);
    return;
  }
  if (typeof value !== "string" && typeof value !== "number") return;
  const text = String(value);
  for (const spelling of [text, JSON.stringify(text).slice(1, -1), ...text.split(/\r?\n/)])
    if (spelling.trim() !== "") mask.add(spelling);
}

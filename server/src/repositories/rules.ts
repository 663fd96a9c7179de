import { codeOwnersPaths, readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import { regoFileKind } from "@plumbline/policy/rego/policy-files";
import { environmentsOfPath } from "./environments-of-path.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Rules } from "./repository-rules.ts";
import type { Snapshot } from "./snapshot.ts";

export type { Rules } from "./repository-rules.ts";

const policyFile = "policies/plumbline-policy.yaml";
const waiversFile = "policies/waivers.yaml";

/**
 * Reads the rules of one commit, without those of the organization. Only main's decide anything; those of another show
 * what they would do.
 */
export async function rulesAt(reader: RepositoryReader, commit: string | null): Promise<Rules> {
  if (commit === null) {
    const codeOwners = readCodeOwners("");
    return {
      commit,
      policyConfiguration: null,
      waivers: null,
      rego: [],
      regoTests: [],
      codeOwners,
      codeOwnersFile: "CODEOWNERS",
      configuration: undefined,
      environmentsOf: environmentsOfPath(undefined),
      organization: null,
    };
  }
  return reader.rules(commit, () => readRulesOf(reader, commit));
}

async function readRulesOf(reader: RepositoryReader, commit: string): Promise<Rules> {
  const snapshot = await reader.snapshot(commit);
  const regoPaths = snapshot.entries.map((entry) => entry.path).filter((path) => regoFileKind(path) !== undefined);
  const [policyConfiguration, waivers, owners, { configuration, environmentsOf }, ...rego] = await Promise.all([
    policyText(snapshot, policyFile),
    snapshot.text(waiversFile),
    codeOwnersOf(snapshot),
    reader.configuration(commit),
    ...regoPaths.map(async (path) => ({ path, text: (await policyText(snapshot, path)) ?? "" })),
  ]);
  return {
    commit,
    policyConfiguration: policyConfiguration ?? null,
    waivers: waivers ?? null,
    rego: rego.filter(({ path }) => regoFileKind(path) !== "test"),
    regoTests: rego.filter(({ path }) => regoFileKind(path) === "test"),
    ...owners,
    configuration,
    environmentsOf,
    organization: null,
  };
}

/**
 * The text of a policy. One that is there and cannot be read (too large, a link) is answered as a text that no reader takes for a
 * policy: what cannot be read must not count as left out.
 */
async function policyText(snapshot: Snapshot, path: string): Promise<string | undefined> {
  const text = await snapshot.text(path);
  return text === undefined && snapshot.tree.find(path) !== undefined
    ? "} this cannot be read: it is too large, or no plain file"
    : text;
}

/** The code owners of a commit, and the file they stand in. */
export async function codeOwnersOf(snapshot: Snapshot): Promise<Pick<Rules, "codeOwners" | "codeOwnersFile">> {
  const codeOwnersFile = codeOwnersPaths.find((path) => snapshot.tree.find(path) !== undefined) ?? "CODEOWNERS";
  const text = (await snapshot.text(codeOwnersFile)) ?? "";
  return { codeOwners: readCodeOwners(text, codeOwnersFile), codeOwnersFile };
}

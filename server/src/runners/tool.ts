import type { OfferedTool, ToolArchive, ToolName } from "@plumbline/contract";
import { compareVersions, satisfies } from "@plumbline/engine/terraform/version-constraint";
import { serves } from "./runner.ts";
import type { RunnerRecord } from "./runner.ts";

/** A line of the tool lock. */
export interface ToolRecord extends OfferedTool {
  source: string;
  archive: ToolArchive | null;
  acceptedAt: Date;
  acceptedBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

/** What code asks for, and where it runs. */
export interface WantedEngine {
  name: ToolName;
  constraint: string;
  environment: string;
}

/** The one version that runs use, by the hashes of its accepted binaries; or why there is none, and what to do. */
export type ResolvedEngine =
  | { version: string; sha256s: ReadonlySet<string> }
  | { version: null; reason: string; next: string };

/**
 * Which version of an engine runs use: the newest accepted one that satisfies the constraint and that a runner of the
 * environment has. The same for all of them, so that a state is not written by one version and then another. Where no
 * runner of the environment has said anything yet, the newest accepted one: its run waits for a runner.
 */
export function resolveEngine(
  wanted: WantedEngine,
  lock: readonly ToolRecord[],
  runners: readonly Pick<RunnerRecord, "name" | "environments" | "engines" | "revokedAt" | "lastSeenAt">[],
): ResolvedEngine {
  const { name, constraint, environment } = wanted;
  const fits = (tool: OfferedTool) => tool.name === name && satisfies(tool.version, constraint);
  const fitting = lock.filter((tool) => tool.withdrawnAt === null && fits(tool)).toSorted(newestFirst);
  const here = runners.filter(
    (runner) => runner.revokedAt === null && runner.lastSeenAt !== null && serves(runner.environments, environment),
  );
  const brought = new Set(here.flatMap(({ engines }) => engines.map(({ sha256 }) => sha256)));
  const best = fitting.find(({ sha256 }) => brought.has(sha256)) ?? (here.length === 0 ? fitting[0] : undefined);
  if (best !== undefined)
    return {
      version: best.version,
      sha256s: new Set(fitting.filter(({ version }) => version === best.version).map(({ sha256 }) => sha256)),
    };
  const asked = `${name} that satisfies "${constraint}"`;
  const [accepted] = fitting;
  if (accepted !== undefined)
    return {
      version: null,
      reason: `${name} ${accepted.version} is accepted, but no runner of ${environment} has it or another accepted ${asked}`,
      next: `Put it on a runner (plumb tools add ${name} ${accepted.version}), or let runners fetch it; docs/engines.md says how.`,
    };
  const found = here.find(({ engines }) => engines.some(fits));
  const offered = found?.engines.filter(fits).toSorted(newestFirst)[0];
  if (found !== undefined && offered !== undefined)
    return {
      version: null,
      reason: `nobody has accepted a ${asked}; runner ${found.name} has ${offered.version}`,
      next: `An administrator accepts it: plumb tools accept ${name} ${offered.version}, or on the page of runners.`,
    };
  const known = lock.filter((tool) => tool.withdrawnAt === null).map((tool) => `${tool.name} ${tool.version}`);
  return {
    version: null,
    reason: `nobody has accepted a ${asked}; accepted: ${[...new Set(known)].join(", ") || "none"}`,
    next: "Change the constraint in plumbline.yaml, or have an administrator add such a version (plumb tools add).",
  };
}

function newestFirst(left: OfferedTool, right: OfferedTool): number {
  return compareVersions(right.version, left.version);
}

import type { Job } from "@plumbline/contract";
import { findRuns } from "../run-queries.ts";
import type { RunRecord } from "../run.ts";
import { startApplyRuns, startPlanRuns } from "../starting/start-runs.ts";
import type { RunsFixture } from "./runs-fixture.ts";

/** A workspace in a merge or patch set of a test, by name. */
interface Part {
  name: string;
  needs?: string[];
  stage?: number;
  commit?: string;
  plannedRunId?: string | null;
  destroy?: boolean;
}

/** Steps that many tests take, in the words of the domain. */
export interface Scenario {
  /** Plan runs of a new patch set, by workspace name. */
  plan: (
    ...parts: Part[]
  ) => Promise<{ pull: { pullRequestId: string; patchSetId: string; number: number }; runs: Map<string, string> }>;
  /** Apply runs of a merge, by workspace name. */
  merge: (
    sequence: number,
    parts: Part[],
    pull?: { pullRequestId: string; patchSetId: string },
  ) => Promise<Map<string, string>>;
  run: (id: string) => Promise<RunRecord>;
  statusOf: (...ids: (string | undefined)[]) => Promise<string[]>;
}

/** Makes it for a fixture. */
export function scenario(fixture: RunsFixture): Scenario {
  const { context, organizationId } = fixture;
  const idsOf = (names: readonly string[]) => Promise.all(names.map((name) => fixture.workspace(name)));
  const byName = async (parts: readonly Part[], started: ReadonlyMap<string, { runId: string }>) => {
    const ids = await idsOf(parts.map(({ name }) => name));
    return new Map(parts.map((part, index) => [part.name, started.get(ids[index] ?? "")?.runId ?? ""]));
  };
  const common = async (part: Part) => ({
    workspaceId: await fixture.workspace(part.name),
    codeCommit: part.commit ?? "c1",
    valuesCommit: part.commit ?? "c1",
    destroy: part.destroy ?? false,
    stage: part.stage ?? 0,
    needs: await idsOf(part.needs ?? []),
  });
  return {
    async plan(...parts) {
      const pull = await fixture.pullRequest();
      const { pullRequestId, patchSetId } = pull;
      const requests = await Promise.all(
        parts.map(async (part) => ({ ...(await common(part)), pullRequestId, patchSetId })),
      );
      const started = await fixture.tx((tx) => startPlanRuns(tx, context, organizationId, requests));
      return { pull, runs: await byName(parts, started) };
    },
    async merge(mergeSequence, parts, pull) {
      const { pullRequestId, patchSetId } = pull ?? (await fixture.pullRequest(mergeSequence));
      const workspaces = await Promise.all(
        parts.map(async (part) => ({ ...(await common(part)), plannedRunId: part.plannedRunId ?? null })),
      );
      const started = await fixture.tx((tx) =>
        startApplyRuns(tx, context, organizationId, { pullRequestId, patchSetId, mergeSequence, workspaces }),
      );
      return byName(parts, started);
    },
    async run(id) {
      const [found] = (await fixture.tx((tx) => findRuns(tx, {}))).filter((run) => run.id === id);
      if (found === undefined) throw new Error(`no run ${id}`);
      return found;
    },
    async statusOf(...ids) {
      const all = await fixture.tx((tx) => findRuns(tx, {}));
      return ids.map((id) => all.find((run) => run.id === id)?.status ?? "missing");
    },
  };
}

/** What must be there. */
export function there(job: Job | undefined): Job {
  if (job === undefined) throw new Error("there was nothing to claim");
  return job;
}

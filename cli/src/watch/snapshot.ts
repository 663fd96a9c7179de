import { getPullRequest, getRunLog } from "@plumbline/contract";
import type { AffectedWorkspace, PullRequest } from "@plumbline/contract";
import type { Client } from "../connection/client.ts";

/** A pull request at one moment, with the newest log line of each run that is running. */
export interface Snapshot {
  shown: PullRequest;
  logs: ReadonlyMap<number, LastLine>;
}

/** The newest line of a run's log. */
export interface LastLine {
  id: number;
  phase: string;
  text: string;
}

/** So many logs are followed at once; a change of hundreds of workspaces has more than anybody can read. */
const mostLogs = 8;

/** The run that a workspace is at: its apply once there is one, else its plan. */
export function currentRun(
  one: AffectedWorkspace,
): { run: number; status: string; kind: "plan" | "apply" } | undefined {
  if (one.applyRun !== null && one.applyStatus !== null)
    return { run: one.applyRun, status: one.applyStatus, kind: "apply" };
  return one.run === null || one.runStatus === null ? undefined : { run: one.run, status: one.runStatus, kind: "plan" };
}

/** Loads it; of each log only what came after `before`. */
export async function takeSnapshot(client: Client, number: number, before?: Snapshot): Promise<Snapshot> {
  const shown = await client.call(getPullRequest, { params: { number } });
  const running = shown.affected.map(currentRun).filter((one) => one?.status === "running");
  const logs = await Promise.all(
    running.slice(0, mostLogs).map(async (one): Promise<[number, LastLine] | undefined> => {
      if (one === undefined) return undefined;
      const known = before?.logs.get(one.run);
      const { lines } = await client.call(getRunLog, {
        params: { number: one.run },
        query: { after: known?.id ?? 0 },
      });
      const newest = lines.findLast(({ text }) => text.trim() !== "");
      const line = newest === undefined ? known : { id: newest.id, phase: newest.phase, text: newest.text };
      return line === undefined ? undefined : [one.run, line];
    }),
  );
  return { shown, logs: new Map(logs.filter((entry) => entry !== undefined)) };
}

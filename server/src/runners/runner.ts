import type { OfferedTool } from "@plumbline/contract";
import { matchesEnvironment } from "@plumbline/contract";

/** A runner as the other domains see it, once its token was recognised. */
export interface RunnerIdentity {
  organizationId: string;
  organization: string;
  id: string;
  name: string;
}

/** A registered runner. */
export interface RunnerRecord {
  id: string;
  name: string;
  /** Patterns: `*`, `prod`, `globex/*`. */
  environments: string[];
  version: string | null;
  capacity: number | null;
  engines: OfferedTool[];
  createdAt: Date;
  lastSeenAt: Date | null;
  revokedAt: Date | null;
}

/** Seconds without a sign of life after which a runner counts as gone; a waiting claim ends earlier. */
const onlineFor = 90;

/** Whether a runner is there. */
export function isOnline(runner: Pick<RunnerRecord, "lastSeenAt" | "revokedAt">, now: Date): boolean {
  if (runner.revokedAt !== null || runner.lastSeenAt === null) return false;
  return now.getTime() - runner.lastSeenAt.getTime() < onlineFor * 1_000;
}

/** Whether a runner registered for these patterns may take work of the environment. */
export function serves(patterns: readonly string[], environment: string): boolean {
  return patterns.some((pattern) => matchesEnvironment(pattern, environment));
}

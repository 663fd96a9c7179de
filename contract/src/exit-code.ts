import type { ProblemCode } from "./errors.ts";

/** Where a start fails until somebody corrects something: starting again by itself is of no use. */
const needsCorrection: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "config_invalid",
  "tool_missing",
  "tool_changed",
  "sandbox_unavailable",
  "runner_refused",
  "clock_wrong",
]);

/** What a server or runner ends with for a problem: 78 (EX_CONFIG of sysexits.h), or 1 where trying again may help. */
export function exitCodeOf(code: ProblemCode): number {
  return needsCorrection.has(code) ? 78 : 1;
}

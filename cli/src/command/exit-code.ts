import type { ProblemCode } from "@plumbline/contract/errors";

/** What `plumb` ends with; documented in docs/cli.md. */
export const exitCodes = {
  ok: 0,
  /** Refused, failed, or something wrong was found. */
  failed: 1,
  usage: 2,
  notSignedIn: 3,
  notReachable: 4,
  notAllowed: 5,
  notFound: 6,
  interrupted: 130,
} as const;

const byCode: Partial<Record<ProblemCode, number>> = {
  invalid_request: exitCodes.usage,
  not_signed_in: exitCodes.notSignedIn,
  wrong_credentials: exitCodes.notSignedIn,
  unavailable: exitCodes.notReachable,
  not_allowed: exitCodes.notAllowed,
  approval_refused: exitCodes.notAllowed,
  not_found: exitCodes.notFound,
};

/** The exit code of a problem. */
export function exitCodeOf(code: ProblemCode): number {
  return byCode[code] ?? exitCodes.failed;
}

import type { ProblemBody } from "@plumbline/contract/errors";

/** A call that failed: the server's problem, or the same shape where the server could not be reached. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly problem: ProblemBody;

  constructor(status: number, problem: ProblemBody) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

/** Any thrown value as a problem that can be shown. */
export function problemOf(error: unknown): ProblemBody {
  if (error instanceof ApiError) return error.problem;
  return {
    code: "internal",
    title: "This page failed",
    detail: error instanceof Error ? error.message : String(error),
    next: "Load the page again.",
  };
}

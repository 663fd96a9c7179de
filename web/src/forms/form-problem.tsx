import { problemOf } from "../api/api-error.ts";
import { Failure } from "../ui/loading/failure.tsx";

/** Why an act was refused, in the form where it was asked for. */
export function FormProblem({ error }: { error: unknown }) {
  return error === null || error === undefined ? null : <Failure problem={problemOf(error)} />;
}

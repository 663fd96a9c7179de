import { Failure } from "../../ui/loading/failure.tsx";

/** What the checks could not judge in a plan; each blocks the change. */
export function Unjudged({
  failures,
}: {
  failures: readonly { message: string; file?: string | undefined; line?: number | undefined }[];
}) {
  return failures.map((failure) => (
    <Failure
      key={failure.message}
      problem={{
        code: "policy_unjudged",
        title: "The checks could not judge this plan",
        detail: failure.message,
        next: "Correct the policy. Until then the change is blocked.",
        ...(failure.file === undefined ? {} : { places: [{ file: failure.file, line: failure.line ?? 1 }] }),
      }}
    />
  ));
}

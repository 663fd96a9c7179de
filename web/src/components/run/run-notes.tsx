import type { AnswerOf } from "../../api/endpoints.ts";
import { Failure } from "../../ui/failure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { count } from "../../util/format.ts";

/** What the checks could not judge, and blocks of the code that were overridden in the run's copy. */
export function RunNotes({ run }: { run: AnswerOf<"getRun"> }) {
  const { judgementFailures, overridden, error } = run;
  return (
    <>
      {error !== null && (
        <Failure
          problem={{
            code: "run_failed",
            title: `The run failed${error.phase === undefined ? "" : ` in ${error.phase}`}`,
            detail: error.detail,
            next: run.next ?? "Read its log; retry, revert or fix forward.",
            ...(error.file === undefined ? {} : { places: [{ file: error.file, line: error.line ?? 1 }] }),
          }}
        />
      )}
      {judgementFailures.map((failure) => (
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
      ))}
      {overridden.length > 0 && (
        <Panel title="Overridden in the run's copy" note={count(overridden.length, "block")}>
          <p className="panel__body note">
            State is kept by Plumbline, so these backend or cloud blocks did not count:{" "}
            <code>{overridden.join(", ")}</code>
          </p>
        </Panel>
      )}
    </>
  );
}

import { prunedSentence } from "@plumbline/contract/pruned-sentence";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Failure } from "../../ui/loading/failure.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { Unjudged } from "../plan/unjudged.tsx";

/** What failed, where the head does not say it already, and what the checks could not judge. */
export function RunProblems({ run: { judgementFailures, error, next, reason } }: { run: AnswerOf<"getRun"> }) {
  return (
    <>
      {error !== null && error.detail !== reason && (
        <Failure
          problem={{
            code: "run_failed",
            title: `The run failed${error.phase === undefined ? "" : ` in ${error.phase}`}`,
            detail: error.detail,
            next: next ?? "Read its log; retry, revert or fix forward.",
            ...(error.file === undefined ? {} : { places: [{ file: error.file, line: error.line ?? 1 }] }),
          }}
        />
      )}
      <Unjudged failures={judgementFailures} />
    </>
  );
}

/** What was pruned, an engine that is another one than before, whose values it was given, and blocks of the code that did not count. */
export function RunNotes({ run: { overridden, engine, inputs, pruned } }: { run: AnswerOf<"getRun"> }) {
  return (
    <>
      {pruned?.plan !== undefined && (
        <Panel title="Plan file">
          <p className="panel__body note">{prunedSentence("plan", pruned.plan)}</p>
        </Panel>
      )}
      {engine.stateWrittenBy !== null && (
        <Panel title="Another engine than before">
          <p className="panel__body note">
            So far {engine.stateWrittenBy} has written this state. Once {engine.name} {engine.version} has applied, an
            older one may not read it any more.
          </p>
        </Panel>
      )}
      {inputs.length > 0 && (
        <Panel title="Values of other workspaces" note={count(inputs.length, "input")}>
          <ul className="panel__body note">
            {inputs.map(({ variable, from, stateVersion }) => (
              <li key={variable}>
                <code>{variable}</code> is <code>{from}</code>
                {stateVersion === null ? ", as it is planned there" : `, of version ${stateVersion} of its state`}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {overridden.length > 0 && (
        <Panel title="Overridden in the run's copy" note={count(overridden.length, "block")}>
          <p className="panel__body note">
            State is kept and sealed by Plumbline, so these backend, cloud or encryption blocks did not count:{" "}
            <code>{overridden.join(", ")}</code>
          </p>
        </Panel>
      )}
    </>
  );
}

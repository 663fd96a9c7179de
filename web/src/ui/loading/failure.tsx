import type { ProblemBody } from "@plumbline/contract/errors";
import { Button } from "../buttons/button.tsx";
import { Glyph } from "../marks/glyph.tsx";
import "./states.css";

/** What failed, what to do, the places in files, where the documentation tells more, the request id; `onRetry` where trying again makes sense. */
export function Failure({ problem, onRetry }: { problem: ProblemBody; onRetry?: (() => void) | undefined }) {
  return (
    <div className="state-box state-box--failed tone-failed" role="alert">
      <Glyph name="failed" />
      <div className="state-box__text">
        <h3>{problem.title}</h3>
        <p>{problem.detail}</p>
        <p>{problem.next}</p>
        {problem.places?.map((place) => (
          <code key={`${place.file}:${place.line}`}>
            {place.file}:{place.line}
          </code>
        ))}
        <div className="state-box__actions">
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          <a href={`/docs/troubleshooting#${problem.code}`} target="_blank" rel="noreferrer">
            More about this
          </a>
          {problem.requestId !== undefined && <code className="dim">req {problem.requestId}</code>}
        </div>
      </div>
    </div>
  );
}

import { IconGitMerge } from "@tabler/icons-react";
import { Button } from "../../ui/buttons/button.tsx";
import { FilePlace } from "../../ui/text/file-place.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { Named } from "../named.tsx";
import { aroundNames, gateView, mergeReason } from "./gate-view.ts";
import type { PullRequest } from "./types.ts";
import "./gate.css";

/** One row per condition, unmet first: what, who can satisfy it, which line of main demands it. The merge button always stands there. */
export function Gate({
  pullRequest,
  me,
  onMerge,
}: {
  pullRequest: PullRequest;
  me: string | undefined;
  onMerge: () => void;
}) {
  const { met, conditions } = gateView(pullRequest.gate, pullRequest.state === "planning");
  const reason = mergeReason(pullRequest);
  return (
    <Panel
      title="Gate"
      {...(conditions.length === 0 ? {} : { note: `${met} of ${conditions.length} conditions met` })}
      className="gate"
    >
      <ul>
        {conditions.map((condition) => (
          <li key={condition.id} className={`gate__row tone-${condition.tone}`}>
            <Glyph name={condition.glyph} />
            <div>
              <h3>
                {condition.title}
                <span className="hidden-text">, {condition.met ? "met" : "not met"}</span>
              </h3>
              <Detail condition={condition} me={me} />
              {condition.file !== null && (
                <p className="small">
                  <FilePlace repository={pullRequest.repository} file={condition.file} line={condition.line} /> on main
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {pullRequest.status === "open" ? (
        <div className="panel__foot">
          <Button variant="primary" icon={IconGitMerge} wide reason={reason} reasonBelow onClick={onMerge}>
            {pullRequest.affected.length === 0
              ? "Merge"
              : `Merge and apply ${count(pullRequest.affected.length, "workspace")}`}
          </Button>
        </div>
      ) : (
        <div className="panel__foot note">
          {pullRequest.status === "merged"
            ? `Merged by ${pullRequest.mergedBy?.name ?? "Plumbline"}.`
            : "Closed without merging."}
        </div>
      )}
    </Panel>
  );
}

/** What is missing and who can give it. */
function Detail({ condition, me }: { condition: PullRequest["gate"][number]; me: string | undefined }) {
  const { met, detail, who } = condition;
  const around = met ? null : aroundNames(condition);
  if (around !== null)
    return (
      <p className="note">
        {around[0]}
        <Named names={who} me={me} />
        {around[1]}
      </p>
    );
  return (
    <>
      <p className="note">{detail}</p>
      {!met && who.length > 0 && (
        <p className="note">
          Can do it: <Named names={who} me={me} />
        </p>
      )}
    </>
  );
}

import { pullRequestCan } from "@plumbline/contract/pull-request-status";
import { IconSignature } from "@tabler/icons-react";
import { useAct } from "../../api/use-act.ts";
import { Avatar } from "../../ui/marks/avatar.tsx";
import { Badge } from "../../ui/marks/badge.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { count, list, short } from "../../util/format.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import { groupApprovals } from "./group-approvals.ts";
import type { PullRequest } from "./types.ts";
import "./approvals.css";

/** Who signed what, with its meaning and digests; void ones say why. The button stands there while something is asked for. */
export function Approvals({
  pullRequest,
  me,
  onApprove,
}: {
  pullRequest: PullRequest;
  me: string | undefined;
  onApprove: () => void;
}) {
  const now = useNow(60_000);
  const withdraw = useAct("withdrawApproval");
  const { affected, approvals, number, patchSet, status, contributors, can } = pullRequest;
  const grouped = groupApprovals(approvals);
  const mine = approvals.some(({ person, voidAt }) => person.name === me && voidAt === null);
  const asked = status === "open" || affected.some(({ applyStatus }) => applyStatus === "held");
  const reason = can.approve.allowed ? null : (can.approve.reason ?? "You cannot approve it.");
  return (
    <Panel title="Approvals" note={`patch set ${patchSet}`}>
      {approvals.length === 0 && <p className="panel__body note">Nobody approved it yet.</p>}
      <ul>
        {grouped.valid.map(({ key, person, meaning, at, digests }) => (
          <li key={key} className="approval">
            <div className="approval__head">
              <Avatar name={person.name} />
              <span title={person.displayName}>{person.name}</span>
              <Badge tone="ok" glyph="done">
                approved
              </Badge>
              <time dateTime={at} title={exact(at)} className="small">
                {clockOrDate(at, now)}
              </time>
            </div>
            {meaning !== "" && <p className="note">“{meaning}”</p>}
            {digests.length > 0 && (
              <details className="note">
                <summary>{count(digests.length, "digest")}</summary>
                <ul className="approval__digests">
                  {digests.map(({ workspace, digest }) => (
                    <li key={`${workspace} ${digest}`}>
                      {workspace} <code title={digest}>{short(digest)}</code>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
        {grouped.void.length > 0 && (
          <li className="approval approval--void">
            <details className="note">
              <summary>
                {count(
                  grouped.void.reduce((sum, group) => sum + group.count, 0),
                  "void approval",
                )}
              </summary>
              {grouped.void.map(({ key, person, reason, patchSets, count: times }) => (
                <p key={key} className="note">
                  <b>{person.name}</b>
                  {times > 1 && `, ${times} times`}, patch set {list(patchSets.map(String))}: {reason}
                </p>
              ))}
            </details>
          </li>
        )}
      </ul>
      {asked && (
        <div className="panel__foot approvals__acts">
          <Button icon={IconSignature} wide reason={reason} reasonBelow onClick={onApprove}>
            Approve
          </Button>
          {mine && pullRequestCan("withdraw", status) && (
            <Button
              variant="quiet"
              wide
              busy={withdraw.isPending}
              onClick={() => withdraw.mutate({ params: { number } })}
            >
              Withdraw my approval
            </Button>
          )}
          {contributors.length > 0 && (
            <p className="small">
              {list(contributors.map(({ person }) => person.name))} cannot approve:{" "}
              {contributors.map(({ person, reasons }) => `${person.name} ${list(reasons)}`).join("; ")}.
            </p>
          )}
        </div>
      )}
    </Panel>
  );
}

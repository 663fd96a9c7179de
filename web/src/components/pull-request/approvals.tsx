import { pullRequestCan } from "@plumbline/contract/pull-request-status";
import { IconSignature } from "@tabler/icons-react";
import { useAct } from "../../api/use-act.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useNow } from "../../ui/use-now.ts";
import { classes, count, list, short } from "../../util/format.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import type { PullRequest } from "./types.ts";
import "./approvals.css";

/** Who signed what, with its meaning and digests; void ones say why. */
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
  const { approvals, number, patchSet, status, contributors, can } = pullRequest;
  const mine = approvals.some(({ person, voidAt }) => person.name === me && voidAt === null);
  const reason = !pullRequestCan("approve", status)
    ? `It is ${status}.`
    : can.approve.allowed
      ? null
      : (can.approve.reason ?? "You cannot approve it.");
  return (
    <Panel title="Approvals" note={`patch set ${patchSet}`}>
      {approvals.length === 0 && <p className="panel__body note">Nobody approved it yet.</p>}
      <ul>
        {approvals.map((approval) => (
          <li key={approval.id} className={classes("approval", approval.voidAt !== null && "approval--void")}>
            <div className="approval__head">
              <Avatar name={approval.person.name} />
              <span title={approval.person.displayName}>{approval.person.name}</span>
              {approval.voidAt === null ? (
                <Badge tone="ok" glyph="done">
                  approved
                </Badge>
              ) : (
                <Badge>void, patch set {approval.patchSet}</Badge>
              )}
              <time dateTime={approval.at} title={exact(approval.at)} className="small">
                {clockOrDate(approval.at, now)}
              </time>
            </div>
            <p className="note">“{approval.meaning}”</p>
            {approval.voidReason !== null && <p className="note">Void: {approval.voidReason}</p>}
            <details className="note">
              <summary>{count(approval.digests.length, "digest")}</summary>
              <ul className="approval__digests">
                {approval.digests.map(({ workspace, digest }) => (
                  <li key={workspace}>
                    {workspace} <code title={digest}>{short(digest)}</code>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
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
    </Panel>
  );
}

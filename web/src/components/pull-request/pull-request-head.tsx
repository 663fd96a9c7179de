import { Link } from "../../ui/text/link.tsx";
import { PageHead } from "../../ui/layout/page-head.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { Badge } from "../../ui/marks/badge.tsx";
import { count } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { StateBadge } from "../state-badge.tsx";
import { pullRequestWords } from "../state-words.ts";
import { PatchSetMenu } from "./patch-set-menu.tsx";
import { PullRequestMenu, type MenuAct } from "./pull-request-menu.tsx";
import { PushHelp } from "./push-help.tsx";
import type { PullRequest } from "./types.ts";

const verbs: Record<PullRequest["status"], string> = { open: "wants", merged: "brought", closed: "wanted" };

/** Title, state, who wants what, and what else can be done. */
export function PullRequestHead({ pullRequest, onAct }: { pullRequest: PullRequest; onAct: (act: MenuAct) => void }) {
  const {
    number,
    title,
    state,
    purpose,
    status,
    openedBy,
    openedAt,
    ticket,
    ticketUrl,
    reverts,
    revertedBy,
    driftCase,
    patchSets,
    patchSet,
  } = pullRequest;
  const commits = patchSets.find((item) => item.number === patchSet)?.commits.length ?? 0;
  const isPart = pullRequest.partial === true;
  return (
    <PageHead
      title={title}
      aside={<span className="page-head__number">#{number}</span>}
      facts={
        <>
          <StateBadge state={pullRequestWords[state]} />
          {purpose !== "change" && <Badge>{purpose}</Badge>}
          <span>
            <b>{openedBy?.name ?? (isPart ? "Somebody" : "Plumbline")}</b>{" "}
            {isPart
              ? "opened it; you see what of it is your clients'"
              : commits === 0
                ? "opened it without commits"
                : `${verbs[status]} ${count(commits, "commit")} ${status === "merged" ? "into" : "in"} main`}
          </span>
          <span aria-hidden="true">·</span>
          <PatchSetMenu pullRequest={pullRequest} />
          <span aria-hidden="true">·</span>
          <span>
            opened <TimeAgo at={openedAt} />
          </span>
          {ticket !== null && (
            <span>
              · ticket{" "}
              {ticketUrl === null ? (
                ticket
              ) : (
                <a href={ticketUrl} rel="noreferrer">
                  {ticket}
                </a>
              )}
            </span>
          )}
          {reverts !== null && (
            <span>
              · reverts <Link href={pathTo.pullRequest(reverts)}>#{reverts}</Link>
            </span>
          )}
          {revertedBy !== null && (
            <span>
              · reverted by <Link href={pathTo.pullRequest(revertedBy)}>#{revertedBy}</Link>
            </span>
          )}
          {driftCase !== null && (
            <span>
              · drift <Link href={pathTo.driftCase(driftCase)}>case {driftCase}</Link>
            </span>
          )}
        </>
      }
      actions={
        <>
          {status === "open" && commits > 0 && <PushHelp number={number} repository={pullRequest.repository} />}
          <PullRequestMenu pullRequest={pullRequest} onAct={onAct} />
        </>
      }
    />
  );
}

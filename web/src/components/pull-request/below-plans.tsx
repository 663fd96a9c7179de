import { WhenSeen } from "../../ui/loading/when-seen.tsx";
import { DiscussionTab } from "./discussion-tab.tsx";
import { TimelineTab } from "./timeline-tab.tsx";
import type { PullRequest } from "./types.ts";
import "./below-plans.css";

/** What is said and what happened, below the plans. */
export function BelowPlans({ pullRequest }: { pullRequest: PullRequest }) {
  return (
    <WhenSeen className="below-plans">
      {() => (
        <>
          <DiscussionTab pullRequest={pullRequest} brief />
          <TimelineTab number={pullRequest.number} />
        </>
      )}
    </WhenSeen>
  );
}

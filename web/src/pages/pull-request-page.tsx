import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { commentsQuery, filesQuery, pullRequestQuery } from "../api/queries/pull-requests.ts";
import { useMe } from "../api/use-me.ts";
import { Approvals } from "../components/pull-request/approvals.tsx";
import { BelowPlans } from "../components/pull-request/below-plans.tsx";
import { ChecksTab } from "../components/pull-request/checks-tab.tsx";
import { checksOf } from "../components/pull-request/checks.ts";
import { CodeTab } from "../components/pull-request/code-tab.tsx";
import { CompareTab } from "../components/pull-request/compare-tab.tsx";
import { DiscussionTab } from "../components/pull-request/discussion-tab.tsx";
import { Gate } from "../components/pull-request/gate.tsx";
import { mergeReason } from "../components/pull-request/gate-view.ts";
import { NextStep } from "../components/pull-request/next-step.tsx";
import { PlansTab } from "../components/pull-request/plans-tab.tsx";
import { PullRequestActs } from "../components/pull-request/pull-request-acts.tsx";
import { PullRequestHead } from "../components/pull-request/pull-request-head.tsx";
import type { MenuAct } from "../components/pull-request/pull-request-menu.tsx";
import { TimelineTab } from "../components/pull-request/timeline-tab.tsx";
import type { PullRequest } from "../components/pull-request/types.ts";
import { Loaded } from "../ui/loading/loaded.tsx";
import { Tabs, type TabItem } from "../ui/layout/tabs.tsx";
import { useAddress } from "../ui/use-address.ts";
import { useKeys } from "../ui/use-keys.ts";
import { count } from "../util/format.ts";

/** A pull request: what comes next, its plans and findings, its gate. */
export function PullRequestPage() {
  const number = Number(useParams({ strict: false }).number);
  const pullRequest = useQuery(pullRequestQuery(number));
  return (
    <Loaded query={pullRequest} label={`Pull request ${number}`} lines={8} page>
      {(data) => <Shown key={number} pullRequest={data} />}
    </Loaded>
  );
}

function Shown({ pullRequest }: { pullRequest: PullRequest }) {
  const me = useMe()?.name;
  const phone = useMediaQuery("(max-width: 767px)") ?? false;
  const [search, setSearch] = useAddress();
  const [act, setAct] = useState<MenuAct | "approve" | "merge" | null>(null);
  const files = useQuery(filesQuery(pullRequest.number)).data?.items.length;
  const comments = useQuery(commentsQuery(pullRequest.number)).data?.items.filter(
    ({ kind }) => kind !== "summary",
  ).length;
  useKeys({
    v: () => (pullRequest.can.approve.allowed ? setAct("approve") : showReason(".approvals__acts button")),
    m: () => (mergeReason(pullRequest) === null ? setAct("merge") : showReason(".gate .panel__foot button")),
  });

  const tabs: TabItem[] = [
    ...(phone ? [{ id: "gate", label: "Gate" }] : []),
    { id: "plans", label: phone ? "Plans" : "Plans and findings", count: pullRequest.affected.length },
    { id: "code", label: "Code", count: phone || files === undefined ? undefined : count(files, "file") },
    { id: "discussion", label: "Discussion", count: phone ? undefined : comments },
    { id: "checks", label: "Checks", count: phone ? undefined : checksOf(pullRequest).length },
    { id: "timeline", label: "Timeline" },
    ...(pullRequest.patchSets.length > 1 ? [{ id: "compare", label: "Compare" }] : []),
  ];
  const wanted = search["tab"] ?? (phone ? "gate" : "plans");
  const tab = tabs.some(({ id }) => id === wanted) ? wanted : "plans";
  const rail = (
    <div className="stack">
      <Gate pullRequest={pullRequest} me={me} onMerge={() => setAct("merge")} />
      <Approvals pullRequest={pullRequest} me={me} onApprove={() => setAct("approve")} />
    </div>
  );
  return (
    <>
      <PullRequestHead pullRequest={pullRequest} onAct={setAct} />
      <NextStep pullRequest={pullRequest} onApprove={() => setAct("approve")} />
      <Tabs label="Parts of the pull request" items={tabs} selected={tab} onSelect={(id) => setSearch({ tab: id })} />
      <div className="columns columns--wide" style={{ marginTop: 14 }}>
        <div className="stack" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
          {tab === "gate" && rail}
          {(tab === "plans" || tab === "gate") && (
            <PlansTab pullRequest={pullRequest}>{tab === "plans" && <BelowPlans pullRequest={pullRequest} />}</PlansTab>
          )}
          {tab === "code" && <CodeTab pullRequest={pullRequest} />}
          {tab === "discussion" && <DiscussionTab pullRequest={pullRequest} />}
          {tab === "checks" && <ChecksTab pullRequest={pullRequest} />}
          {tab === "compare" && <CompareTab pullRequest={pullRequest} />}
          {tab === "timeline" && <TimelineTab number={pullRequest.number} />}
        </div>
        {!phone && rail}
      </div>
      {act !== null && <PullRequestActs pullRequest={pullRequest} act={act} onClose={() => setAct(null)} />}
    </>
  );
}

/** A key that cannot act leads to its button, which says why below it. */
function showReason(button: string): void {
  document.querySelector<HTMLElement>(button)?.focus();
}

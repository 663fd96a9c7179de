import { IconPlus, IconRocket } from "@tabler/icons-react";
import type { PullRequestState, PullRequestStatus } from "@plumbline/contract/pull-request-status";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../api/queries/overview.ts";
import { pullRequestsQuery } from "../api/queries/pull-requests.ts";
import { mayDo, useMe } from "../api/use-me.ts";
import { useRepository } from "../api/use-repository.ts";
import { OpenPullRequestDialog } from "../forms/open-pull-request-dialog.tsx";
import { PromoteDialog } from "../forms/promote-dialog.tsx";
import { PullRequestsTable } from "../tables/pull-requests-table.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import "../ui/lists/filter-chip.css";
import { Loaded } from "../ui/loading/loaded.tsx";
import { More } from "../ui/lists/more.tsx";
import { NewRows } from "../ui/lists/new-rows.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Segments } from "../ui/layout/segments.tsx";
import { useAddress } from "../ui/use-address.ts";
import { useNewRows } from "../ui/lists/use-new-rows.ts";

const views = [
  { id: "open", label: "Open" },
  { id: "mine", label: "Waits for me" },
  { id: "merged", label: "Merged" },
  { id: "closed", label: "Closed" },
  { id: "all", label: "All" },
] as const;

/** Pull requests; opening one without commits, and promotion. */
export function PullRequestsPage() {
  const me = useMe();
  const [chosen] = useRepository();
  const overview = useQuery(overviewQuery(chosen));
  const repository = overview.data?.repository;
  const [search, setSearch] = useAddress();
  const view = views.find(({ id }) => id === search["status"])?.id ?? "open";
  const status = statuses.find((word) => word === view);
  const query = useInfiniteQuery(
    pullRequestsQuery({
      ...(repository === undefined ? {} : { repository }),
      ...(status === undefined ? {} : { status }),
      ...(view === "mine" ? { waitsForMe: "true" } : {}),
    }),
  );
  const loaded = query.isPlaceholderData ? undefined : query.data?.pages.flatMap((page) => page.items);
  const fresh = useNewRows(loaded, (item) => item.number, `${repository} ${view}`);
  const items = query.isPlaceholderData ? (query.data?.pages.flatMap((page) => page.items) ?? []) : fresh.shown;
  const reason =
    repository === undefined
      ? overview.error === null
        ? "The repository is still being read."
        : "There is no repository yet."
      : mayDo(me, "environment.propose")
        ? null
        : "Only who may propose to an environment can open one.";
  const close = () => setSearch({ open: undefined }, { replace: true });
  return (
    <>
      <PageHead
        title="Pull requests"
        sentence={query.data === undefined ? null : sentence(items)}
        actions={
          <>
            <Button icon={IconRocket} reason={reason} onClick={() => setSearch({ open: "promotion" })}>
              Promote
            </Button>
            <Button icon={IconPlus} reason={reason} onClick={() => setSearch({ open: "new" })}>
              Open without commits
            </Button>
          </>
        }
      />
      <div className="filters">
        <Segments
          label="Which pull requests"
          items={views}
          selected={view}
          onSelect={(id) => setSearch({ status: id === "open" ? undefined : id })}
        />
      </div>
      <Loaded query={query} label="Pull requests" lines={6}>
        {() => (
          <div className="panel">
            <NewRows waiting={fresh.waiting} onShow={fresh.show} />
            {items.length === 0 ? (
              <Empty title={emptyTitles[view]}>
                Push to refs/for/main to propose a change; git prints the address of its pull request.
              </Empty>
            ) : (
              <PullRequestsTable items={items} />
            )}
            <More query={query} />
          </div>
        )}
      </Loaded>
      {repository !== undefined && search["open"] === "new" && (
        <OpenPullRequestDialog repository={repository} onClose={close} />
      )}
      {repository !== undefined && search["open"] === "promotion" && (
        <PromoteDialog repository={repository} onClose={close} />
      )}
    </>
  );
}

const statuses: readonly PullRequestStatus[] = ["open", "merged", "closed"];

const emptyTitles: Record<(typeof views)[number]["id"], string> = {
  open: "No pull request is open",
  mine: "Nothing waits for you",
  merged: "Nothing was merged yet",
  closed: "None was closed",
  all: "No pull requests yet",
};

/** What is the case among those that are shown: how many are open, how many wait for the reader, how many cannot go on. */
function sentence(
  items: readonly { status: PullRequestStatus; state: PullRequestState; waitsForMe: boolean }[],
): string {
  const open = items.filter(({ status }) => status === "open").length;
  const mine = items.filter(({ waitsForMe }) => waitsForMe).length;
  const blocked = items.filter(({ state }) => state === "blocked").length;
  const held = items.filter(({ state }) => state === "held").length;
  if (items.length === 0) return "Nothing waits here. Push to refs/for/main to propose a change.";
  const parts = [
    open === 0 ? "None of these is open" : `${open} open`,
    mine === 0 ? "nothing waits for you" : `${mine} ${mine === 1 ? "waits" : "wait"} for you`,
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
    ...(held === 0 ? [] : [`${held} held after the merge`]),
  ];
  return `${parts.join(", ")}. Push to refs/for/main to propose a change.`;
}

import { runStatuses, type RunKind, type RunStatus } from "@plumbline/contract/run-status";
import { useInfiniteQuery } from "@tanstack/react-query";
import { runsQuery } from "../api/queries.ts";
import { RunsTable } from "../tables/runs-table.tsx";
import { Empty } from "../ui/empty.tsx";
import { FilterChip } from "../ui/filter-chip.tsx";
import { Loaded } from "../ui/loaded.tsx";
import { More } from "../ui/more.tsx";
import { NewRows } from "../ui/new-rows.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { useAddress } from "../ui/use-address.ts";
import { useNewRows } from "../ui/use-new-rows.ts";
import { count } from "../util/format.ts";

const kinds: readonly RunKind[] = ["plan", "apply", "drift", "drill", "replay"];
const options = (words: readonly string[]) => words.map((word) => ({ value: word, label: word }));

/** Runs, newest first. */
export function RunsPage() {
  const [search, setSearch] = useAddress();
  const kind = kinds.find((word) => word === search["kind"]);
  const status: RunStatus | undefined = runStatuses.find((word) => word === search["status"]);
  const workspace = search["workspace"];
  const query = useInfiniteQuery(
    runsQuery({
      ...(kind === undefined ? {} : { kind }),
      ...(status === undefined ? {} : { status }),
      ...(workspace === undefined ? {} : { workspace }),
    }),
  );
  const loaded = query.isPlaceholderData ? undefined : query.data?.pages.flatMap((page) => page.items);
  const fresh = useNewRows(loaded, (run) => run.number, JSON.stringify([kind, status, workspace]));
  const items = query.isPlaceholderData ? (query.data?.pages.flatMap((page) => page.items) ?? []) : fresh.shown;
  const running = items.filter((run) => run.status === "running").length;
  return (
    <>
      <PageHead
        title="Runs"
        sentence={running === 0 ? "Nothing is running." : `${count(running, "run")} now at work.`}
      />
      <div className="filters">
        <FilterChip
          label="Kind"
          value={kind}
          options={options(kinds)}
          onChange={(value) => setSearch({ kind: value })}
        />
        <FilterChip
          label="Status"
          value={status}
          options={options(runStatuses)}
          onChange={(value) => setSearch({ status: value })}
        />
        {workspace !== undefined && (
          <FilterChip
            label="Workspace"
            value={workspace}
            options={options([workspace])}
            onChange={(value) => setSearch({ workspace: value })}
          />
        )}
      </div>
      <Loaded query={query} label="Runs" lines={8}>
        {() => (
          <div className="panel">
            <NewRows waiting={fresh.waiting} onShow={fresh.show} />
            {items.length === 0 ? (
              <Empty title="No runs here">
                A run starts with a push to refs/for/main, a merge, or a drift check. Take a filter off to see others.
              </Empty>
            ) : (
              <RunsTable items={items} />
            )}
            <More query={query} />
          </div>
        )}
      </Loaded>
    </>
  );
}

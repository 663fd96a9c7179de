import { runStatuses, type RunKind, type RunStatus } from "@plumbline/contract/run-status";
import { useInfiniteQuery } from "@tanstack/react-query";
import { runsQuery } from "../api/queries/runs.ts";
import { useShownRepository } from "../api/use-repository.ts";
import { RunsTable } from "../tables/runs-table.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { FilterChip } from "../ui/lists/filter-chip.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { More } from "../ui/lists/more.tsx";
import { NewRows } from "../ui/lists/new-rows.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { useAddress } from "../ui/use-address.ts";
import { useNewRows } from "../ui/lists/use-new-rows.ts";
import { count } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";

const kinds: readonly RunKind[] = ["plan", "apply", "drift", "drill", "replay"];
const options = (words: readonly string[]) => words.map((word) => ({ value: word, label: word }));

/** Runs, newest first. */
export function RunsPage() {
  const [search, setSearch] = useAddress();
  const kind = kinds.find((word) => word === search["kind"]);
  const status: RunStatus | undefined = runStatuses.find((word) => word === search["status"]);
  const workspace = search["workspace"];
  const { repository, known } = useShownRepository();
  const query = useInfiniteQuery({
    ...runsQuery({
      // A workspace says of which repository it is.
      ...(workspace === undefined && repository !== undefined ? { repository } : {}),
      ...(kind === undefined ? {} : { kind }),
      ...(status === undefined ? {} : { status }),
      ...(workspace === undefined ? {} : { workspace }),
    }),
    enabled: known,
  });
  const loaded = query.isPlaceholderData ? undefined : query.data?.pages.flatMap((page) => page.items);
  const fresh = useNewRows(loaded, (run) => run.number, JSON.stringify([repository, kind, status, workspace]));
  const items = query.isPlaceholderData ? (query.data?.pages.flatMap((page) => page.items) ?? []) : fresh.shown;
  const sum = (...statuses: RunStatus[]) => items.filter((run) => statuses.includes(run.status)).length;
  const filtered = kind !== undefined || status !== undefined || workspace !== undefined;
  return (
    <>
      <PageHead
        title="Runs"
        sentence={
          query.data === undefined
            ? null
            : sentence({ running: sum("running"), waiting: sum("queued", "waits"), held: sum("held") })
        }
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
              <Empty
                title={filtered ? "No such run" : "No runs yet"}
                {...(filtered ? { action: <ButtonLink href={pathTo.runs()}>Show all runs</ButtonLink> } : {})}
              >
                A run starts with a push to refs/for/main, a merge, or a drift check.
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

/** What is the case among the runs that are shown, and who is waited for. */
function sentence({ running, waiting, held }: { running: number; waiting: number; held: number }): string {
  const parts = [
    running === 0 ? "Nothing is running" : `${count(running, "run")} at work`,
    ...(waiting === 0 ? [] : [`${waiting} ${waiting === 1 ? "waits" : "wait"}`]),
  ];
  const approval =
    held === 0 ? "" : ` ${count(held, "run")} ${held === 1 ? "is" : "are"} held until somebody approves the plan.`;
  return `${parts.join(", ")}.${approval}`;
}

import type { DriftCaseStatus } from "@plumbline/contract/workspace-status";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { driftCasesQuery } from "../api/queries/drift.ts";
import { overviewQuery } from "../api/queries/overview.ts";
import { useShownRepository } from "../api/use-repository.ts";
import { DriftTable } from "../tables/drift-table.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { FilterChip } from "../ui/lists/filter-chip.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { More } from "../ui/lists/more.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Segments } from "../ui/layout/segments.tsx";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";

const views = [
  { id: "all", label: "All" },
  { id: "open", label: "Open" },
  { id: "reverting", label: "Reverting" },
  { id: "closed", label: "Closed" },
] as const;
const statuses: readonly DriftCaseStatus[] = ["open", "reverting", "closed"];

/** Drift cases, open ones first. */
export function DriftPage() {
  const { repository, known } = useShownRepository();
  const sweeps = useQuery(overviewQuery(repository)).data?.sweeps;
  const [search, setSearch] = useAddress();
  const view = views.find(({ id }) => id === search["status"])?.id ?? "all";
  const status = statuses.find((word) => word === view);
  const workspace = search["workspace"];
  const query = useInfiniteQuery({
    ...driftCasesQuery({
      // A workspace says of which repository it is.
      ...(workspace === undefined && repository !== undefined ? { repository } : {}),
      ...(status === undefined ? {} : { status }),
      ...(workspace === undefined ? {} : { workspace }),
    }),
    enabled: known,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.filter((item) => item.status === "open").length;
  const reverting = items.filter((item) => item.status === "reverting").length;
  const verified =
    sweeps === undefined
      ? ""
      : sweeps.total === 0
        ? "No workspace was verified yet."
        : `${sweeps.onTime} of ${sweeps.total} workspaces verified in time.`;
  return (
    <>
      <PageHead
        title="Drift"
        sentence={
          query.data === undefined
            ? null
            : `${
                open > 0
                  ? `${count(open, "case")} ${open === 1 ? "needs" : "need"} a decision.`
                  : reverting > 0
                    ? "No case needs a decision."
                    : "No open case here."
              }${reverting === 0 ? "" : ` ${count(reverting, "case")} ${reverting === 1 ? "is" : "are"} being reverted.`} ${verified}`
        }
      />
      <div className="filters">
        <Segments
          label="Which cases"
          items={views}
          selected={view}
          onSelect={(id) => setSearch({ status: id === "all" ? undefined : id })}
        />
        {workspace !== undefined && (
          <FilterChip
            label="Workspace"
            value={workspace}
            options={[{ value: workspace, label: workspace }]}
            onChange={(value) => setSearch({ workspace: value })}
          />
        )}
      </div>
      <Loaded query={query} label="Drift cases" lines={6}>
        {() => (
          <div className="panel">
            {items.length === 0 ? (
              <Empty
                title={view === "all" && workspace === undefined ? "No drift" : "No such case"}
                {...(view === "all" && workspace === undefined
                  ? {}
                  : { action: <ButtonLink href={pathTo.drift()}>Show all cases</ButtonLink> })}
              >
                {verified} When something changes outside Git, its case appears here.
              </Empty>
            ) : (
              <DriftTable items={items} />
            )}
            <More query={query} />
          </div>
        )}
      </Loaded>
    </>
  );
}

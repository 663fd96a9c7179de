import type { DriftCaseStatus } from "@plumbline/contract/workspace-status";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { driftCasesQuery, overviewQuery } from "../api/queries.ts";
import { useRepository } from "../api/use-repository.ts";
import { DriftTable } from "../tables/drift-table.tsx";
import { Empty } from "../ui/empty.tsx";
import "../ui/filter-chip.css";
import { Loaded } from "../ui/loaded.tsx";
import { More } from "../ui/more.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Segments } from "../ui/segments.tsx";
import { useAddress } from "../ui/use-address.ts";
import { count } from "../util/format.ts";

const views = [
  { id: "all", label: "All" },
  { id: "open", label: "Open" },
  { id: "reverting", label: "Reverting" },
  { id: "closed", label: "Closed" },
] as const;
const statuses: readonly DriftCaseStatus[] = ["open", "reverting", "closed"];

/** Drift cases, open ones first. */
export function DriftPage() {
  const [repository] = useRepository();
  const sweeps = useQuery(overviewQuery(repository)).data?.sweeps;
  const [search, setSearch] = useAddress();
  const view = views.find(({ id }) => id === search["status"])?.id ?? "all";
  const status = statuses.find((word) => word === view);
  const workspace = search["workspace"];
  const query = useInfiniteQuery(
    driftCasesQuery({ ...(status === undefined ? {} : { status }), ...(workspace === undefined ? {} : { workspace }) }),
  );
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const open = items.filter((item) => item.status === "open").length;
  const verified = sweeps === undefined ? "" : `${sweeps.onTime} of ${sweeps.total} workspaces verified in time.`;
  return (
    <>
      <PageHead
        title="Drift"
        sentence={
          open === 0
            ? `No open case here. ${verified}`
            : `${count(open, "case")} ${open === 1 ? "needs" : "need"} a decision. ${verified}`
        }
      />
      <div className="filters">
        <Segments
          label="Which cases"
          items={views}
          selected={view}
          onSelect={(id) => setSearch({ status: id === "all" ? undefined : id })}
        />
      </div>
      <Loaded query={query} label="Drift cases" lines={6}>
        {() => (
          <div className="panel">
            {items.length === 0 ? (
              <Empty title="No drift">{verified} When something changes outside Git, its case appears here.</Empty>
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

import { workspaceStates, type WorkspaceState } from "@plumbline/contract/workspace-status";
import { TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { repositoriesQuery } from "../api/queries/repositories.ts";
import { workspacesQuery } from "../api/queries/workspaces.ts";
import { useShownRepository } from "../api/use-repository.ts";
import { GraphTab } from "../components/graph/graph-tab.tsx";
import { ParityTab } from "../components/parity/parity-tab.tsx";
import { workspaceWord } from "../components/state-words.ts";
import "../components/workspace/workspace.css";
import { WorkspacesTable } from "../tables/workspaces-table.tsx";
import { ButtonLink } from "../ui/buttons/button-link.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { FilterChip } from "../ui/lists/filter-chip.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { More } from "../ui/lists/more.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Tabs } from "../ui/layout/tabs.tsx";
import { useAddress } from "../ui/use-address.ts";
import { pathTo } from "../util/path-builder.ts";

const tabs = ["list", "graph", "parity"] as const;
type TabId = (typeof tabs)[number];

/** All workspaces of the repository: as a list, by what needs what, and how their environments differ. */
export function WorkspacesPage() {
  const { repository, known } = useShownRepository();
  const [search, setSearch] = useAddress();
  const tab = tabs.find((id) => id === search["tab"]) ?? "list";
  const [all] = useInfiniteQuery({ ...workspacesQuery({ repository, limit: 100 }), enabled: known }).data?.pages ?? [];
  return (
    <>
      <PageHead title="Workspaces" sentence={all === undefined ? null : sentence(all)} />
      <Tabs
        label="Workspaces"
        selected={tab}
        onSelect={(id) =>
          setSearch({
            tab: id === "list" ? undefined : id,
            ...Object.fromEntries(
              ["environment", "state", "search", "component", "show"].map((name) => [name, undefined]),
            ),
          })
        }
        items={[
          { id: "list", label: "List", count: all?.total },
          { id: "graph", label: "Dependencies" },
          { id: "parity", label: "Parity" },
        ]}
      />
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} className="workspace-panel">
        {panels[tab]()}
      </div>
    </>
  );
}

const panels: Record<TabId, () => React.ReactNode> = {
  list: () => <ListTab />,
  graph: () => <GraphTab />,
  parity: () => <ParityTab />,
};

/** What is the case; where all is well, that nothing is to be done. */
function sentence({ inSync, total }: { inSync: number; total: number }): string {
  if (total === 0) return "plumbline.yaml on main declares none yet. The first ones come with a pull request.";
  if (inSync === total) return `All ${total} are in sync. Nothing is to be done here.`;
  return `${inSync} of ${total} are in sync. The state of each of the others says what comes next.`;
}

function ListTab() {
  const { repository, known } = useShownRepository();
  const [search, setSearch] = useAddress();
  const state: WorkspaceState | undefined = workspaceStates.find((word) => word === search["state"]);
  const environment = search["environment"];
  const query = useInfiniteQuery({
    ...workspacesQuery({ repository, environment, state, search: search["search"], limit: 100 }),
    enabled: known,
  });
  const filtered = environment !== undefined || state !== undefined || search["search"] !== undefined;
  const repositories = useQuery(repositoriesQuery()).data?.items ?? [];
  const environments = repositories
    .filter(({ name }) => repository === undefined || name === repository)
    .flatMap((one) => one.environments.map(({ name }) => name));
  return (
    <>
      <div className="filters">
        <TextInput
          aria-label="Find by name"
          placeholder="Find by name"
          data-filter=""
          size="xs"
          defaultValue={search["search"] ?? ""}
          onChange={(event) => setSearch({ search: event.currentTarget.value.trim() || undefined }, { replace: true })}
        />
        <FilterChip
          label="Environment"
          value={environment}
          options={[...new Set(environments)].map((name) => ({ value: name, label: name }))}
          onChange={(value) => setSearch({ environment: value })}
        />
        <FilterChip
          label="State"
          value={state}
          options={workspaceStates.map((word) => ({
            value: word,
            label: workspaceWord({ state: word, severity: null }).word,
          }))}
          onChange={(value) => setSearch({ state: value })}
        />
      </div>
      <Loaded query={query} label="Workspaces" lines={8}>
        {({ pages }) => (
          <div className="panel">
            {pages.every(({ items }) => items.length === 0) ? (
              <Empty
                title={filtered ? "No such workspace" : "No workspaces yet"}
                {...(filtered
                  ? { action: <ButtonLink href={pathTo.workspaces()}>Show all workspaces</ButtonLink> }
                  : {})}
              >
                A workspace is one component in one environment, as plumbline.yaml on main declares them.
              </Empty>
            ) : (
              <>
                <WorkspacesTable items={pages.flatMap(({ items }) => items)} />
                <More query={query} />
              </>
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

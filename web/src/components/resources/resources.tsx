import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { driftCaseQuery } from "../../api/queries/drift.ts";
import { stateResourcesQuery } from "../../api/queries/workspaces.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { Segments } from "../../ui/layout/segments.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { count } from "../../util/format.ts";
import { fullName } from "../../util/path-builder.ts";
import { ResourceGraph } from "./resource-graph.tsx";
import { ResourceTree } from "./resource-tree.tsx";

type Workspace = AnswerOf<"getWorkspace">;

const views = [
  { id: "tree", label: "Tree" },
  { id: "graph", label: "Graph" },
] as const;

/** From so many resources on, somebody looks for one by typing. */
const searchFrom = 12;

/** What a workspace has now, as tree or graph, and which of it an open drift case names. */
export function Resources({ workspace }: { workspace: Workspace }) {
  const [search, setSearch] = useAddress();
  const [wanted, setWanted] = useState("");
  const view = search["resources"] === "graph" ? "graph" : "tree";
  const held = useQuery(stateResourcesQuery(fullName(workspace), {}));
  const { driftCase } = workspace;
  const found = useQuery({ ...driftCaseQuery(driftCase ?? 0), enabled: driftCase !== null });
  const drifted = new Set(driftCase === null ? [] : found.data?.changes.map(({ address }) => address));
  const all = held.data?.resources ?? [];
  const note = [count(all.length, "resource"), ...(drifted.size > 0 ? [`${drifted.size} drifted`] : [])];
  return (
    <Panel
      title="Resources"
      note={held.data === undefined ? undefined : note.join(", ")}
      side={
        <Segments
          label="How resources are shown"
          items={views}
          selected={view}
          onSelect={(id) => setSearch({ resources: id === "tree" ? undefined : id }, { replace: true })}
        />
      }
    >
      <Loaded query={held} label="Resources" lines={6}>
        {({ version, resources }) => {
          if (version === null)
            return <Empty title="Nothing is here yet">The first apply makes the first resource.</Empty>;
          if (resources.length === 0) return <p className="panel__body note">The state holds no resource.</p>;
          const shown = resources.filter(({ address }) => address.toLowerCase().includes(wanted.toLowerCase().trim()));
          return (
            <>
              {resources.length >= searchFrom && (
                <div className="held__search">
                  <TextInput
                    size="xs"
                    type="search"
                    placeholder="Part of an address"
                    aria-label="Show resources with this in their address"
                    value={wanted}
                    onChange={(event) => setWanted(event.currentTarget.value)}
                  />
                </div>
              )}
              {shown.length === 0 && <p className="panel__body note">No address has “{wanted}” in it.</p>}
              {view === "graph" && (
                <div className="graph-desk">
                  <ResourceGraph resources={shown} drifted={drifted} />
                </div>
              )}
              <div className={view === "graph" ? "graph-phone" : undefined}>
                <ResourceTree resources={shown} drifted={{ addresses: drifted, caseNumber: driftCase }} />
              </div>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

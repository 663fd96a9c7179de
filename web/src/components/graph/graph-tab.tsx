import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { repositoriesQuery } from "../../api/queries/repositories.ts";
import { foundWorkspacesQuery } from "../../api/queries/workspaces.ts";
import { useShownRepository } from "../../api/use-repository.ts";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { Legend } from "../matrix/legend.tsx";
import { ComponentGraph } from "./component-graph.tsx";
import { graphParts } from "./foreign-components.ts";
import { GraphList } from "./graph-list.tsx";

type Repository = AnswerOf<"listRepositories">["items"][number];

/** What the components of a repository need of each other, and how each stands in every environment. */
export function GraphTab() {
  const { repository: chosen } = useShownRepository();
  const repositories = useQuery(repositoriesQuery());
  return (
    <Loaded query={repositories} label="Components" lines={8}>
      {({ items }) => {
        const repository = items.find(({ name }) => name === chosen) ?? items[0];
        return repository === undefined || repository.components.length === 0 ? (
          <div className="panel">
            <Empty title="No components yet">
              plumbline.yaml on main declares components, their layers, and what each takes from another.
            </Empty>
          </div>
        ) : (
          <Shown repository={repository} all={items} />
        );
      }}
    </Loaded>
  );
}

function Shown({ repository, all }: { repository: Repository; all: readonly Repository[] }) {
  const parts = useMemo(() => graphParts(repository, all), [repository, all]);
  const drawn = [repository.name, ...new Set([...parts.foreign.values()].map((other) => other.repository))];
  const workspaces = useQueries({
    queries: drawn.map((name) => foundWorkspacesQuery({ repository: name, limit: 1000 })),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
  const { components, environments, name } = repository;
  const layers = new Set(components.map(({ layer }) => layer)).size;
  const others = drawn.length - 1;
  const list = (
    <GraphList repository={repository} all={all} workspaces={workspaces} environments={environments.length} />
  );
  return (
    <div className="stack">
      <Panel
        title="Dependencies"
        note={`${count(components.length, "component")} of ${name} in ${count(layers, "layer")}${others === 0 ? "" : `, beside ${count(others, "other repository", "other repositories")}`}`}
      >
        <div className="graph-desk">
          <ComponentGraph repository={name} parts={parts} workspaces={workspaces} />
          <details className="graph-words">
            <summary className="note">The same in words</summary>
            {list}
          </details>
        </div>
        <div className="graph-phone">{list}</div>
      </Panel>
      <Legend />
    </div>
  );
}

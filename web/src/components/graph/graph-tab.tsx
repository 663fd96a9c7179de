import { useQuery } from "@tanstack/react-query";
import { foundWorkspacesQuery, repositoriesQuery } from "../../api/queries.ts";
import { useRepository } from "../../api/use-repository.ts";
import { Empty } from "../../ui/empty.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { count } from "../../util/format.ts";
import { Legend } from "../matrix/legend.tsx";
import { ComponentGraph } from "./component-graph.tsx";
import { GraphList } from "./graph-list.tsx";

/** What the components of a repository need of each other, and how each stands in every environment. */
export function GraphTab() {
  const [chosen] = useRepository();
  const repositories = useQuery(repositoriesQuery());
  const workspaces = useQuery(foundWorkspacesQuery({ repository: chosen, limit: 1000 }));
  return (
    <Loaded query={repositories} label="Components" lines={8}>
      {({ items }) => {
        const repository = items.find(({ name }) => name === chosen) ?? items[0];
        const components = repository?.components ?? [];
        const mine = (workspaces.data?.items ?? []).filter((one) => one.repository === repository?.name);
        if (repository === undefined || components.length === 0)
          return (
            <div className="panel">
              <Empty title="No components yet">
                plumbline.yaml on main declares components, their layers, and what each takes from another.
              </Empty>
            </div>
          );
        const inputs = components.reduce((sum, component) => sum + component.inputs.length, 0);
        return (
          <div className="stack">
            <Panel
              title="Dependencies"
              note={`${count(components.length, "component")} in ${count(new Set(components.map(({ layer }) => layer)).size, "layer")}, ${count(inputs, "input")}`}
            >
              <div className="graph-desk">
                <ComponentGraph components={components} layers={repository.layers} workspaces={mine} />
                <details className="graph-words">
                  <summary className="note">The same in words</summary>
                  <GraphList components={components} workspaces={mine} environments={repository.environments.length} />
                </details>
              </div>
              <div className="graph-phone">
                <GraphList components={components} workspaces={mine} environments={repository.environments.length} />
              </div>
            </Panel>
            <Legend />
          </div>
        );
      }}
    </Loaded>
  );
}

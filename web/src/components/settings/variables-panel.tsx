import { useQuery } from "@tanstack/react-query";
import { variablesQuery } from "../../api/queries/variables.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import "../../ui/lists/table.css";

/** Sealed variables: versions, who set them, which one is in use. */
export function VariablesPanel({
  repository,
  reason,
  onSet,
}: {
  repository: string;
  reason: string | null;
  onSet: () => void;
}) {
  const variables = useQuery(variablesQuery(repository));
  return (
    <Panel
      title="Sealed variables"
      note={repository}
      side={
        <Button reason={reason} onClick={onSet}>
          Set a variable
        </Button>
      }
    >
      <Loaded query={variables} label="Sealed variables">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No sealed variables">A secret value is stored here and put in use by a pull request.</Empty>
          ) : (
            <div className="table-wrap">
              <table className="table table--rows">
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Environment</th>
                    <th>Component</th>
                    <th>In use</th>
                    <th>Newest</th>
                    <th className="table__number">Set</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => {
                    const newest = item.versions.reduce(
                      (best, version) => (best === undefined || version.version > best.version ? version : best),
                      item.versions[0],
                    );
                    return (
                      <tr key={`${item.environment} ${item.component} ${item.name}`}>
                        <td className="mono table__main">{item.name}</td>
                        <td>{item.environment}</td>
                        <td>{item.component}</td>
                        <td data-word="in use">
                          {item.used === null ? <Badge tone="medium">none</Badge> : `version ${item.used}`}
                        </td>
                        <td data-word="newest">
                          {newest === undefined ? "none" : `version ${newest.version} by ${newest.setBy}`}
                        </td>
                        <td className="table__number" data-word="set">
                          {newest !== undefined && <TimeAgo at={newest.setAt} />}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

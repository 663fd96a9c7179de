import { useQuery } from "@tanstack/react-query";
import { credentialsQuery } from "../../api/queries/variables.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Button } from "../../ui/buttons/button.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import "../../ui/lists/table.css";

/** Credentials by name and phase, with the names of what they set; never a value. */
export function CredentialsPanel({ reason, onSet }: { reason: string | null; onSet: () => void }) {
  const credentials = useQuery({ ...credentialsQuery(), enabled: reason === null });
  if (reason !== null)
    return (
      <Panel title="Credentials">
        <p className="panel__body note">Only an administrator sees their names and sets them; nobody reads a value.</p>
      </Panel>
    );
  return (
    <Panel
      title="Credentials"
      note="one for plan, one for apply; each lives in its phase only"
      side={<Button onClick={onSet}>Set a credential</Button>}
    >
      <Loaded query={credentials} label="Credentials">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No credentials">Phases get none until one is set and named in an environment.yaml.</Empty>
          ) : (
            <div className="table-wrap">
              <table className="table table--rows">
                <thead>
                  <tr>
                    <th>Name</th>
                    <th>Phase</th>
                    <th>Sets</th>
                    <th>By</th>
                    <th className="table__number">Set</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={`${item.name} ${item.phase}`}>
                      <td className="table__main">{item.name}</td>
                      <td>
                        <Badge>{item.phase}</Badge>
                      </td>
                      <td className="mono">{item.variables.join(", ")}</td>
                      <td data-word="by">{item.updatedBy}</td>
                      <td className="table__number" data-word="set">
                        <TimeAgo at={item.updatedAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

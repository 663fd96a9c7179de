import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { stateResourcesQuery } from "../../api/queries/workspaces.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { fullName, nameFrom, pathTo } from "../../util/path-builder.ts";

/** The outputs of a workspace and who takes them. */
export function Outputs({ workspace }: { workspace: AnswerOf<"getWorkspace"> }) {
  const held = useQuery(stateResourcesQuery(fullName(workspace), {}));
  const takers = (name: string) => [
    ...new Set(workspace.outputsUsed.filter(({ output }) => output === name).map((used) => used.workspace)),
  ];
  return (
    <Panel title="Outputs" note={held.data?.outputs.length}>
      <Loaded query={held} label="Outputs">
        {({ outputs }) =>
          outputs.length === 0 ? (
            <p className="panel__body note">None.</p>
          ) : (
            outputs.map(({ name, sensitive }) => (
              <div key={name} className="fact-row">
                <code>{name}</code>
                {sensitive && <span className="note">sensitive</span>}
                <span className="fact-row__end inline">
                  {takers(name).length === 0 && <Badge>nobody</Badge>}
                  {takers(name).map((taker) => (
                    <Link key={taker} href={pathTo.workspace(nameFrom(workspace, taker))}>
                      {taker}
                    </Link>
                  ))}
                </span>
              </div>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}

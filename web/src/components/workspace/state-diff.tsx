import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { stateDiffQuery } from "../../api/queries/workspaces.ts";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count, list } from "../../util/format.ts";
import "../plan/plan-tree.css";
import "../plan/value.css";

const shapes = {
  added: { sign: "+", tone: "ok" },
  removed: { sign: "−", tone: "critical" },
  changed: { sign: "~", tone: "medium" },
} as const;

/** What differs between two state versions, by resource; sensitive values are never shown. */
export function StateDiff({
  workspace,
  from,
  to,
  side,
}: {
  workspace: string;
  from: number;
  to: number;
  side?: ReactNode;
}) {
  const diff = useQuery(stateDiffQuery(workspace, from, to));
  return (
    <Panel
      title={from === 0 ? `In ${to}` : `${from} to ${to}`}
      note={diff.data === undefined ? undefined : changedWords(diff.data.resources.map(({ address }) => address))}
      side={side}
    >
      <Loaded query={diff} label="The difference">
        {({ resources }) =>
          resources.length === 0 ? (
            <p className="panel__body note">No resource differs; outputs or metadata may.</p>
          ) : (
            <div className="plan-tree mono">
              {resources.map(({ address, action, attributes }) => {
                const { sign, tone } = shapes[action];
                return (
                  <div key={address} className={`tone-${tone}`}>
                    <div className="plan-row plan-row--resource state-diff__head">
                      <span className="plan-row__sign">{sign}</span> <b>{address}</b>
                      <span className="plan-row__words">
                        {action === "changed" ? "" : `${action}, ${count(attributes.length, "attribute")}`}
                      </span>
                    </div>
                    {action === "changed" &&
                      attributes.map((attribute) => (
                        <div key={attribute.path} className="plan-row plan-row--attribute">
                          <span className="plan-row__sign">~</span>
                          <span className="plan-row__path">{attribute.path}</span>
                          <span className="plan-row__value">
                            {attribute.sensitive ? (
                              <span className="value__word">sensitive, changed</span>
                            ) : (
                              <>
                                {attribute.before !== null && (
                                  <del className="value value--old">{attribute.before}</del>
                                )}{" "}
                                <span aria-hidden="true">→</span>{" "}
                                {attribute.after === null ? (
                                  <span className="value__word">removed</span>
                                ) : (
                                  <ins className="value value--new">{attribute.after}</ins>
                                )}
                              </>
                            )}
                          </span>
                        </div>
                      ))}
                  </div>
                );
              })}
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** "2 resources and 1 output changed". Outputs have addresses of their own: `output.endpoint`. */
function changedWords(addresses: readonly string[]): string {
  const outputs = addresses.filter((address) => address.startsWith("output.")).length;
  const resources = addresses.length - outputs;
  const parts = [
    ...(resources === 0 ? [] : [count(resources, "resource")]),
    ...(outputs === 0 ? [] : [count(outputs, "output")]),
  ];
  return parts.length === 0 ? "nothing changed" : `${list(parts)} changed`;
}

import type { ResourceView } from "@plumbline/contract/plan-view";
import { Panel } from "../../ui/layout/panel.tsx";
import { count } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { Link } from "../../ui/text/link.tsx";
import { PlaceLink } from "../plan/place-link.tsx";
import { Value } from "../plan/value.tsx";
import "./change-table.css";

const words: Partial<Record<ResourceView["action"], string>> = {
  delete: "It is gone.",
  create: "It was made outside.",
};

/** One resource that differs: what was last applied and what the code declares beside what is there now. */
export function ChangeTable({ resource, lastRun }: { resource: ResourceView; lastRun: number }) {
  const { address, attributes, unchanged, action, place } = resource;
  const compared = attributes.some(({ code }) => code !== undefined);
  return (
    <Panel
      title={<code>{address}</code>}
      note={`${attributes.length} of ${count(attributes.length + unchanged, "attribute")} ${attributes.length === 1 ? "differs" : "differ"}. ${words[action] ?? ""}`}
      {...(place === undefined
        ? {}
        : {
            side: (
              <code>
                <PlaceLink place={place} />
              </code>
            ),
          })}
    >
      <div className="table-wrap">
        <table className="change-table mono">
          <thead>
            <tr>
              <th>
                <span className="hidden-text">Attribute</span>
              </th>
              <th>Last applied</th>
              {compared && (
                <th>
                  Code
                  <span className="note">what main declares</span>
                </th>
              )}
              <th className="change-table__live">
                Live
                <span className="note">
                  read by <Link href={pathTo.run(lastRun)}>run {lastRun}</Link>
                </span>
              </th>
            </tr>
          </thead>
          <tbody>
            {attributes.map(({ path, change, before, code, after }) => (
              <tr key={path}>
                <th scope="row">{path}</th>
                <td>{before.kind === "absent" ? <span className="dim">not there</span> : <Value value={before} />}</td>
                {compared && (
                  <td>
                    {code === undefined ? (
                      <span className="dim">leaves it</span>
                    ) : code.kind === "absent" ? (
                      <span className="dim">not there</span>
                    ) : (
                      <Value value={code} />
                    )}
                  </td>
                )}
                <td className="change-table__live">
                  {after.kind === "absent" ? (
                    <>− removed</>
                  ) : (
                    <>
                      {change === "add" && "+ "}
                      <span className="change-table__word">
                        <Value value={after} />
                      </span>
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

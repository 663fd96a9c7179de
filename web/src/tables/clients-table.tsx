import type { AnswerOf } from "../api/endpoints.ts";
import { Link } from "../ui/text/link.tsx";
import { SeverityBars } from "../ui/marks/severity.tsx";
import { pathTo, withClient } from "../util/path-builder.ts";
import "../ui/lists/table.css";

/** Clients by name; each leads to the overview of its environments. */
export function ClientsTable({ items }: { items: AnswerOf<"listClients">["items"] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Client</th>
            <th>Environments</th>
            <th className="table__number">In sync</th>
            <th className="table__number">Open drift cases</th>
            <th className="table__number">Parts that are not code</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ name, environments, workspaces, inSync, driftCases, missing }) => (
            <tr key={name}>
              <td className="table__main">
                <Link href={withClient(pathTo.overview(), name)} data-row="">
                  {name}
                </Link>
              </td>
              <td>
                <span className="wrap">
                  {environments.map(({ name: environment, worst }) => (
                    <span key={environment} className="inline">
                      {environment.slice(name.length + 1)}
                      {worst !== null && (
                        <>
                          <SeverityBars severity={worst} size={12} />
                          <span className="small">{worst}</span>
                        </>
                      )}
                    </span>
                  ))}
                </span>
              </td>
              <td className="table__number" data-word="in sync">
                {inSync} of {workspaces}
              </td>
              <td className="table__number" data-word="open drift cases">
                {driftCases || <span className="dim">·</span>}
              </td>
              <td className="table__number" data-word="parts not code">
                {missing || <span className="dim">·</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

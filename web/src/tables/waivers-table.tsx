import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/badge.tsx";
import { Link } from "../ui/link.tsx";
import type { Tone } from "../ui/tone.ts";
import { count, ownerName } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import "../ui/table.css";

type Waiver = AnswerOf<"listWaivers">["items"][number];
const tones: Record<Waiver["status"], Tone> = { active: "ok", expiring: "held", expired: "failed" };

/** Waivers of main, those that expire first at the top. */
export function WaiversTable({ items }: { items: readonly Waiver[] }) {
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th>Rule</th>
            <th>Address</th>
            <th>Environment</th>
            <th>State</th>
            <th>Expires</th>
            <th>Hides now</th>
            <th>Renewed</th>
            <th>Reason</th>
            <th>Owner</th>
            <th>Ticket</th>
            <th>Brought by</th>
          </tr>
        </thead>
        <tbody>
          {items.map((waiver) => (
            <tr key={`${waiver.repository}:${waiver.line}`}>
              <td>
                <code>{waiver.rule}</code>
              </td>
              <td>
                <code>{waiver.address}</code>
              </td>
              <td>{waiver.environment}</td>
              <td>
                <Badge tone={tones[waiver.status]}>{waiver.status}</Badge>
              </td>
              <td>{waiver.expires}</td>
              <td>
                <Hidden waiver={waiver} />
              </td>
              <td>{waiver.renewals === 0 ? "never" : count(waiver.renewals, "time")}</td>
              <td className="table__wide">{waiver.reason}</td>
              <td>{ownerName(waiver.owner)}</td>
              <td>{waiver.ticket}</td>
              <td>
                {waiver.introducedBy === null ? (
                  <span className="dim">first commits</span>
                ) : (
                  <Link href={pathTo.pullRequest(waiver.introducedBy)}>#{waiver.introducedBy}</Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Hidden({ waiver: { hides } }: { waiver: Waiver }) {
  if (hides.length === 0) return <span className="dim">nothing</span>;
  const workspaces = [...new Set(hides.map(({ workspace }) => workspace))];
  return (
    <span title={hides.map(({ workspace, title, address }) => `${workspace}: ${title} ${address ?? ""}`).join("\n")}>
      {count(hides.length, "finding")} in{" "}
      {workspaces.length === 1 ? workspaces[0] : count(workspaces.length, "workspace")}
    </span>
  );
}

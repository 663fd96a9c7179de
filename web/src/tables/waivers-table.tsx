import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { FilePlace } from "../ui/text/file-place.tsx";
import { Link } from "../ui/text/link.tsx";
import type { Tone } from "../ui/marks/tone.ts";
import { count, ownerName } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import "../ui/lists/table.css";

const waiversFile = "policies/waivers.yaml";

type Waiver = AnswerOf<"listWaivers">["items"][number];
const tones: Record<Waiver["status"], Tone> = { active: "ok", expiring: "held", expired: "failed" };

/** Waivers of main, those that expire first at the top. */
export function WaiversTable({ items }: { items: readonly Waiver[] }) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
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
            <th>Stands at</th>
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
              <td data-word="in">{waiver.environment}</td>
              <td>
                <Badge tone={tones[waiver.status]}>{waiver.status}</Badge>
              </td>
              <td data-word="expires" className="table__whole">
                {waiver.expires}
              </td>
              <td data-word="hides">
                <Hidden waiver={waiver} />
              </td>
              <td data-word="renewed">{waiver.renewals === 0 ? "never" : count(waiver.renewals, "time")}</td>
              <td className="table__wide">{waiver.reason}</td>
              <td data-word="owner">{ownerName(waiver.owner)}</td>
              <td className="table__whole">{waiver.ticket}</td>
              <td>
                <FilePlace repository={waiver.repository} file={waiversFile} line={waiver.line}>
                  {`waivers.yaml:${waiver.line}`}
                </FilePlace>
              </td>
              <td data-word="by">
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

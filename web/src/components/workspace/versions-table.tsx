import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Link } from "../../ui/text/link.tsx";
import { useNow } from "../../ui/text/use-now.ts";
import { bytes, classes } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { clockOrDate, exact } from "../../util/time.ts";
import "../../ui/lists/table.css";

/** State versions, newest first, with the two that are compared. */
export function VersionsTable({
  items,
  from,
  to,
  onChoose,
}: {
  items: AnswerOf<"listStateVersions">["items"];
  from: number;
  to: number;
  onChoose: (patch: { from?: number | undefined; version?: number | undefined }) => void;
}) {
  const now = useNow(60_000);
  const pick = (name: "from" | "version", version: number, checked: boolean, words: string) => (
    <label className="versions__pick">
      <input
        type="radio"
        name={name}
        checked={checked}
        aria-label={`${words} ${version}`}
        onChange={() => onChoose(name === "from" ? { from: version } : { version })}
      />
    </label>
  );
  return (
    <div className="table-wrap versions">
      <table className="table table--tight">
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th>Version</th>
            <th>Stored</th>
            <th>By</th>
            <th className="table__number versions__desk">Resources</th>
            <th className="table__number versions__desk">Size</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr
              key={item.version}
              className={classes((item.version === to || item.version === from) && "versions__on")}
            >
              <td>{pick("from", item.version, item.version === from, "Compare from version")}</td>
              <td>{pick("version", item.version, item.version === to, "Compare to version")}</td>
              <td>
                <b>{item.version}</b> {item.serial !== item.version && <Badge>serial {item.serial}</Badge>}
              </td>
              <td>
                <time dateTime={item.createdAt} title={exact(item.createdAt)}>
                  {clockOrDate(item.createdAt, now)}
                </time>
              </td>
              <td>
                <span className="inline">
                  {item.run !== null && <Link href={pathTo.run(item.run)}>Run {item.run}</Link>}
                  {item.pullRequest !== null && (
                    <Link href={pathTo.pullRequest(item.pullRequest)}>#{item.pullRequest}</Link>
                  )}
                </span>
              </td>
              <td className="table__number versions__desk">{item.resources}</td>
              <td className="table__number versions__desk">{bytes(item.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

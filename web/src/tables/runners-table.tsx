import type { AnswerOf } from "../api/endpoints.ts";
import { StateText } from "../components/state-text.tsx";
import { Badge } from "../ui/marks/badge.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import "../ui/lists/table.css";
import "./runners-table.css";

export type Runner = AnswerOf<"listRunners">["items"][number];

/** Runners with their load. */
export function RunnersTable({
  items,
  reason,
  onRevoke,
}: {
  items: readonly Runner[];
  reason: string | null;
  onRevoke: (runner: Runner) => void;
}) {
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Runner</th>
            <th>State</th>
            <th>Load</th>
            <th>Environments</th>
            <th>Engines</th>
            <th>Version</th>
            <th>Last heard</th>
            <th>
              <span className="hidden-text">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((runner) => (
            <tr key={runner.name}>
              <td className="table__main">{runner.name}</td>
              <td>
                <StateText state={stateOf(runner)} />
              </td>
              <td>
                <Load busy={runner.busy} capacity={runner.capacity} />
              </td>
              <td data-word="environments">
                {runner.environments.includes("*") ? "all" : runner.environments.join(", ")}
              </td>
              <td>
                {runner.engines.map(({ name, version, sha256, accepted }) => (
                  <div key={sha256} className={accepted ? "" : "dim"} title={`SHA-256 ${sha256}`}>
                    {name} {version}
                    {!accepted && ", not accepted"}
                  </div>
                ))}
              </td>
              <td data-word="version">{runner.version ?? <span className="dim">unknown</span>}</td>
              <td data-word="heard">{runner.lastSeenAt === null ? "never" : <TimeAgo at={runner.lastSeenAt} />}</td>
              <td className="table__number">
                {runner.revokedAt === null ? (
                  <Button
                    variant="danger"
                    reason={reason}
                    label={`Revoke ${runner.name}`}
                    onClick={() => onRevoke(runner)}
                  >
                    Revoke
                  </Button>
                ) : (
                  <Badge>revoked</Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stateOf(runner: Runner) {
  if (runner.revokedAt !== null) return { word: "revoked", tone: "ink", glyph: "skipped" } as const;
  if (runner.lastSeenAt === null) return { word: "never started", tone: "ink", glyph: "never_applied" } as const;
  if (!runner.online) return { word: "does not answer", tone: "failed", glyph: "unknown" } as const;
  return runner.busy > 0
    ? ({ word: "at work", tone: "chalk", glyph: "running" } as const)
    : ({ word: "ready", tone: "ok", glyph: "done" } as const);
}

function Load({ busy, capacity }: { busy: number; capacity: number | null }) {
  if (capacity === null) return <span className="dim">unknown</span>;
  return (
    <span className="inline">
      <span className="load" aria-hidden="true">
        <span style={{ width: `${(100 * busy) / Math.max(1, capacity)}%` }} />
      </span>
      {busy} of {capacity}
    </span>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { replayQuery } from "../../api/queries/pull-requests.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import type { Tone } from "../../ui/marks/tone.ts";
import { useNow } from "../../ui/text/use-now.ts";
import { count, list, ownerName } from "../../util/format.ts";
import { date } from "../../util/time.ts";
import "../../ui/lists/table.css";

type Replay = AnswerOf<"getReplay">;
type Change = Replay["findings"][number]["change"];

const words: Record<Change, { word: string; tone: Tone }> = {
  blocks: { word: "would block", tone: "failed" },
  passes: { word: "would pass", tone: "ok" },
  reported: { word: "would be reported", tone: "held" },
};

/** What the policies that a pull request proposes would do to every workspace's newest plan. */
export function ReplayPanel({ number }: { number: number }) {
  const replay = useQuery(replayQuery(number));
  return (
    <Loaded query={replay} label="What its policies would do" lines={4}>
      {(found) => (
        <Panel title="What its policies would do" note={note(found)}>
          {found.workspaces
            .filter(({ state }) => state === "not_judged")
            .map(({ workspace, detail }) => (
              <p key={workspace} className="panel__body">
                <Badge tone="failed">not judged</Badge> {workspace}: {detail}
              </p>
            ))}
          {found.teams.length > 0 && <Teams teams={found.teams} />}
          {found.findings.length > 0 && <Findings findings={found.findings} />}
        </Panel>
      )}
    </Loaded>
  );
}

function note({ state, workspaces, findings }: Replay): string {
  const pending = workspaces.filter((one) => one.state === "pending").length;
  if (state === "running") return `${pending} of ${count(workspaces.length, "newest plan")} still to be judged`;
  return `${count(workspaces.length, "newest plan")} judged: ${findings.length === 0 ? "nothing changes" : count(findings.length, "change")}`;
}

function Teams({ teams }: { teams: Replay["teams"] }) {
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th>Owner</th>
            <th className="table__number">Newly blocked</th>
            <th className="table__number">Newly passing</th>
            <th className="table__number">Newly reported</th>
          </tr>
        </thead>
        <tbody>
          {teams.map(({ owner, blocks, passes, reported }) => (
            <tr key={owner}>
              <td>{owner === "" ? <span className="dim">nobody</span> : ownerName(owner)}</td>
              <td className="table__number">{blocks}</td>
              <td className="table__number">{passes}</td>
              <td className="table__number">{reported}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Findings({ findings }: { findings: Replay["findings"] }) {
  const now = useNow();
  return (
    <div className="table-wrap">
      <table className="table">
        <thead>
          <tr>
            <th>Outcome</th>
            <th>Severity</th>
            <th>Finding</th>
            <th>Rule</th>
            <th>Address</th>
            <th>Workspace</th>
            <th>Owner</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((one) => (
            <tr key={`${one.workspace}:${one.rule}:${one.address}:${one.file}:${one.line}`}>
              <td>
                <Badge tone={words[one.change].tone}>
                  {words[one.change].word}
                  {one.until === null ? "" : ` until ${date(one.until, now)}`}
                </Badge>
              </td>
              <td>
                <SeverityBadge severity={one.severity} plain />
              </td>
              <td className="table__wide">{one.title}</td>
              <td>
                <code>{one.rule}</code>
              </td>
              <td>
                <code>{one.address ?? (one.file === null ? "" : `${one.file}:${one.line ?? 1}`)}</code>
              </td>
              <td>{one.workspace}</td>
              <td>{one.owners.length > 0 ? list(one.owners.map(ownerName)) : <span className="dim">nobody</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import type { AnswerOf } from "../api/endpoints.ts";
import { Badge } from "../ui/marks/badge.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { TimeAgo } from "../ui/text/time-ago.tsx";
import "../ui/lists/table.css";
import "./tools-table.css";

type Tools = AnswerOf<"listTools">;
export type FoundTool = Tools["found"][number];
export type Tool = Tools["items"][number];

/** Engine binaries: those that nobody has accepted first, since something may wait for them. */
export function ToolsTable({
  tools,
  reason,
  onAccept,
  onWithdraw,
}: {
  tools: Tools;
  reason: string | null;
  onAccept: (tool: FoundTool) => void;
  onWithdraw: (tool: Tool) => void;
}) {
  const found = new Set(tools.found.map(({ sha256 }) => sha256));
  return (
    <div className="table-wrap">
      <table className="table table--rows">
        <thead>
          <tr>
            <th>Engine</th>
            <th>State</th>
            <th>SHA-256</th>
            <th>Runners</th>
            <th>From</th>
            <th>
              <span className="hidden-text">Act</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tools.found.map((tool) => (
            <tr key={tool.sha256}>
              <Binary tool={tool} />
              <td>
                <Badge tone="held" glyph="held">
                  not accepted
                </Badge>
              </td>
              <Hash sha256={tool.sha256} />
              <td data-word="on">{tool.runners.join(", ")}</td>
              <td className="dim">found there</td>
              <td className="table__number">
                <Button reason={reason} label={`Accept ${tool.name} ${tool.version}`} onClick={() => onAccept(tool)}>
                  Accept
                </Button>
              </td>
            </tr>
          ))}
          {tools.items
            .filter(({ sha256 }) => !found.has(sha256))
            .map((tool) => (
              <tr key={tool.sha256}>
                <Binary tool={tool} />
                <td>
                  {tool.withdrawnAt === null ? (
                    <>
                      <Badge tone="ok" glyph="done">
                        accepted
                      </Badge>{" "}
                      <span className="dim">
                        by {tool.acceptedBy}, <TimeAgo at={tool.acceptedAt} />
                      </span>
                    </>
                  ) : (
                    <Badge>withdrawn</Badge>
                  )}
                </td>
                <Hash sha256={tool.sha256} />
                <td data-word="on">
                  {tool.runners.length === 0 ? <span className="dim">none</span> : tool.runners.join(", ")}
                </td>
                <td className="tool-source" data-word="from">
                  {tool.source}
                </td>
                <td className="table__number">
                  {tool.withdrawnAt === null && (
                    <Button
                      variant="danger"
                      reason={reason}
                      label={`Withdraw ${tool.name} ${tool.version}`}
                      onClick={() => onWithdraw(tool)}
                    >
                      Withdraw
                    </Button>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function Binary({ tool }: { tool: Pick<Tool, "name" | "version" | "platform"> }) {
  return (
    <td className="table__main">
      {tool.name} {tool.version} <span className="dim">{tool.platform}</span>
    </td>
  );
}

function Hash({ sha256 }: { sha256: string }) {
  return (
    <td className="mono" title={sha256}>
      {sha256.slice(0, 12)}
    </td>
  );
}

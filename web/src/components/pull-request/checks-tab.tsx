import { ButtonLink } from "../../ui/buttons/button-link.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { checksOf } from "./checks.ts";
import { ReplayPanel } from "./replay-panel.tsx";
import type { PullRequest } from "./types.ts";
import "./checks-tab.css";
import "./gate.css";

/** Everything that was judged about the newest patch set: merge, configuration files, each plan. */
export function ChecksTab({ pullRequest }: { pullRequest: PullRequest }) {
  const checks = checksOf(pullRequest);
  const changesPolicies = pullRequest.gate.some(({ id }) => id === "replay");
  return (
    <>
      <Panel title="Checks" note={`patch set ${pullRequest.patchSet}`}>
        {checks.length === 0 && <Empty title="No checks yet">They start with the first patch set.</Empty>}
        <ul className="checks">
          {checks.map((check) => (
            <li key={check.title + check.detail} className={`gate__row tone-${check.tone}`}>
              <Glyph name={check.glyph} />
              <div style={{ flex: 1 }}>
                <h3>{check.title}</h3>
                <p className="note">{check.detail}</p>
                {check.place !== null && <code className="dim">{check.place}</code>}
              </div>
              {check.run !== null && (
                <ButtonLink href={pathTo.run(check.run)} variant="quiet">
                  Run {check.run}
                </ButtonLink>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {changesPolicies && <ReplayPanel number={pullRequest.number} />}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { workspaceValuesQuery } from "../../api/queries/workspaces.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Banner } from "../../ui/layout/banner.tsx";
import { FilePlace } from "../../ui/text/file-place.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { count } from "../../util/format.ts";
import { fullName, pathTo } from "../../util/path-builder.ts";
import { ValueRow, type Code } from "./value-row.tsx";
import "./values.css";

type Workspace = AnswerOf<"getWorkspace">;
type Value = AnswerOf<"listWorkspaceValues">["items"][number];

/** Each variable with the value that wins, where it comes from, and what it wins over. */
export function Values({ workspace }: { workspace: Workspace }) {
  const values = useQuery(workspaceValuesQuery(fullName(workspace)));
  const code = { repository: workspace.repository, commit: workspace.pin?.ref };
  const used = values.data?.items.filter(({ declared }) => declared !== null) ?? [];
  return (
    <Panel
      title="Variables"
      note={values.data === undefined ? undefined : `${used.length}, the nearest wins`}
      side={
        <Link href={pathTo.workspaces({ tab: "parity", component: workspace.component })}>Compare environments</Link>
      }
    >
      <Loaded query={values} label="Variables" lines={4}>
        {({ items, problems }) => {
          const unused = items.filter(({ declared }) => declared === null);
          return (
            <>
              {problems.map(({ file, line, message }) => (
                <Banner key={`${file} ${line}`} tone="failed" glyph="failed">
                  <FilePlace repository={workspace.repository} file={file} line={line} /> {message}
                </Banner>
              ))}
              {items.length === 0 && <p className="panel__body note">The code declares no variable.</p>}
              <ul>
                {items
                  .filter(({ declared }) => declared !== null)
                  .map((value) => (
                    <ValueRow key={value.name} value={value} code={code} />
                  ))}
              </ul>
              {unused.length > 0 && <Unused values={unused} code={code} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

/** What the files say and this code does not use: most often variables of other components in the common file. */
function Unused({ values, code }: { values: readonly Value[]; code: Code }) {
  return (
    <details className="values__more">
      <summary className="note">{count(values.length, "value")} that this component does not use</summary>
      <ul>
        {values.map((value) => (
          <ValueRow key={value.name} value={value} code={code} />
        ))}
      </ul>
    </details>
  );
}

/** Values of the engine's process and of variables that stand in sealed.yaml; write-only. */
export function SealedVariables({ workspace }: { workspace: Workspace }) {
  const { sealedVariables } = workspace;
  return (
    <Panel title="Sealed variables" note={`${sealedVariables.length}, write-only`}>
      {sealedVariables.length === 0 && <p className="panel__body note">None. Set one in the settings.</p>}
      {sealedVariables.map(({ name, component, version, setAt }) => (
        <div key={`${component} ${name}`} className="fact-row">
          <code>{name}</code>
          {setAt !== null && (
            <span className="note">
              set <TimeAgo at={setAt} />
            </span>
          )}
          <span className="fact-row__end inline">
            {version === null ? <span className="note">no version in use</span> : <Badge>version {version}</Badge>}
            <Badge>{component}</Badge>
          </span>
        </div>
      ))}
    </Panel>
  );
}

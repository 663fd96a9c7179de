import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/badge.tsx";
import { CodeText } from "../../ui/code-text.tsx";
import { Panel } from "../../ui/panel.tsx";
import { TimeAgo } from "../../ui/time-ago.tsx";
import { count } from "../../util/format.ts";

type Workspace = AnswerOf<"getWorkspace">;

/** Where the variables come from: values files (the nearest wins), inputs from other workspaces, sealed variables. */
export function Values({ workspace }: { workspace: Workspace }) {
  const { values, inputs, sealedVariables } = workspace;
  return (
    <>
      <Panel title="Values" note={`${count(values.length, "file")}, the nearest wins`}>
        {values.length === 0 && <p className="panel__body note">No values file names this workspace.</p>}
        {values.toReversed().map(({ file, text }) => (
          <div key={file} className="values-file">
            <div className="small">{file}</div>
            <pre tabIndex={0} aria-label={file}>
              {text
                .trimEnd()
                .split("\n")
                .map((line, index) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <span key={index}>
                    <CodeText text={line} />
                    {"\n"}
                  </span>
                ))}
            </pre>
          </div>
        ))}
        {inputs.map(({ variable, from }) => (
          <div key={variable} className="fact-row">
            <code>{variable}</code> <code className="dim">{from}</code>
            <span className="fact-row__end">
              <Badge>output</Badge>
            </span>
          </div>
        ))}
      </Panel>
      <Panel title="Sealed variables" note={`${sealedVariables.length}, write-only`}>
        {sealedVariables.length === 0 && <p className="panel__body note">None. Set one in the settings.</p>}
        {sealedVariables.map(({ name, component, version, setAt }) => (
          <div key={`${component} ${name}`} className="fact-row">
            <code>{name}</code>
            <span className="note">{version === null ? "no version in use" : "sensitive, set "}</span>
            {setAt !== null && (
              <span className="note">
                <TimeAgo at={setAt} />
              </span>
            )}
            <span className="fact-row__end inline">
              {version !== null && <Badge>version {version}</Badge>}
              <Badge>{component}</Badge>
            </span>
          </div>
        ))}
      </Panel>
    </>
  );
}

import { useMemo } from "react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph } from "../../ui/glyph.tsx";
import { Link } from "../../ui/link.tsx";
import { pathTo } from "../../util/path-builder.ts";
import type { WorkspaceSummary } from "../matrix/cell-text.ts";
import { workspaceWord } from "../state-words.ts";
import { layOut } from "./graph-layout.ts";
import { GraphPlane } from "./graph-plane.tsx";

type Component = AnswerOf<"listRepositories">["items"][number]["components"][number];

/** Components by layer, and what needs what; in each box a link for every environment. */
export function ComponentGraph({
  components,
  layers,
  workspaces,
}: {
  components: readonly Component[];
  layers: readonly string[];
  workspaces: readonly WorkspaceSummary[];
}) {
  const layout = useMemo(() => layOut(components, layers), [components, layers]);
  return (
    <GraphPlane layout={layout} label="Components and what they need">
      {(name) => <Standing name={name} workspaces={workspaces.filter(({ component }) => component === name)} />}
    </GraphPlane>
  );
}

/** A component with how it stands in each environment. */
function Standing({ name, workspaces }: { name: string; workspaces: readonly WorkspaceSummary[] }) {
  return (
    <>
      <b className="graph__name" title={name}>
        {name}
      </b>
      <span className="graph__states">
        {workspaces.map((workspace) => {
          const state = workspaceWord(workspace);
          const drift = workspace.state === "drifted" && workspace.severity !== null ? `, ${workspace.severity}` : "";
          const label = `${name}, ${workspace.environment}: ${state.word}${drift}`;
          return (
            <Link
              key={workspace.name}
              href={pathTo.workspace(workspace.name)}
              className={`graph__state tone-${state.tone}`}
              aria-label={label}
              title={label}
            >
              <Glyph name={state.glyph} size={14} />
              <span className="graph__environment">{workspace.environment}</span>
            </Link>
          );
        })}
      </span>
    </>
  );
}

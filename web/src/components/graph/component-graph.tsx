import { useMemo } from "react";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { pathTo } from "../../util/path-builder.ts";
import type { WorkspaceSummary } from "../matrix/cell-text.ts";
import { workspaceWord } from "../state-words.ts";
import type { GraphParts } from "./foreign-components.ts";
import { layOut } from "./graph-layout.ts";
import { GraphPlane } from "./graph-plane.tsx";
import { showsNames, standing } from "./standing.ts";

/**
 * Components by layer, and what needs what, with those of other repositories beside them; in each box a link for every
 * environment. `workspaces`: of this repository and of the others that are drawn.
 */
export function ComponentGraph({
  repository,
  parts,
  workspaces,
}: {
  repository: string;
  parts: GraphParts;
  workspaces: readonly WorkspaceSummary[];
}) {
  const { components, layers, foreign } = parts;
  const layout = useMemo(() => layOut(components, layers), [components, layers]);
  const isForeign = (name: string) => foreign.has(name);
  return (
    <GraphPlane layout={layout} label="Components and what they need" isForeign={isForeign}>
      {(name) => {
        const other = foreign.get(name);
        const owner = other?.repository ?? repository;
        const component = other?.component ?? name;
        const mine = workspaces.filter((one) => one.repository === owner && one.component === component);
        return <Box component={component} other={other?.repository} workspaces={mine} />;
      }}
    </GraphPlane>
  );
}

/** A component with how it stands in each environment; of one in another repository its name, too. */
function Box({
  component,
  other,
  workspaces,
}: {
  component: string;
  other: string | undefined;
  workspaces: readonly WorkspaceSummary[];
}) {
  const name = other === undefined ? component : `${other}:${component}`;
  return (
    <>
      <span className="graph__title" title={name}>
        <b className="graph__name">{component}</b>
        {other !== undefined && <span className="graph__environment graph__name">{other}</span>}
      </span>
      <States name={name} workspaces={workspaces} />
    </>
  );
}

function States({ name, workspaces }: { name: string; workspaces: readonly WorkspaceSummary[] }) {
  const { shown, rest } = standing(workspaces);
  const named = rest === 0 && showsNames(shown);
  const [first] = workspaces;
  return (
    <span className="graph__states">
      {shown.map((workspace) => {
        const state = workspaceWord(workspace);
        const drift = workspace.state === "drifted" && workspace.severity !== null ? `, ${workspace.severity}` : "";
        const label = `${name}, ${workspace.environment}: ${state.word}${drift}`;
        return (
          <Link
            key={workspace.name}
            href={pathTo.workspace(workspace)}
            className={`graph__state tone-${state.tone}`}
            aria-label={label}
            title={label}
          >
            <Glyph name={state.glyph} size={14} />
            {named && <span className="graph__environment">{workspace.environment}</span>}
          </Link>
        );
      })}
      {rest > 0 && first !== undefined && (
        <Link href={pathTo.workspaces({ search: `${first.component}/` })} className="graph__state graph__environment">
          {shown.length === 0 ? `${rest} in sync` : `+${rest}`}
        </Link>
      )}
    </span>
  );
}

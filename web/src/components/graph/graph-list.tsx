import type { AnswerOf } from "../../api/endpoints.ts";
import { Link } from "../../ui/text/link.tsx";
import { list } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import type { WorkspaceSummary } from "../matrix/cell-text.ts";
import { StateText } from "../state-text.tsx";
import { workspaceWord } from "../state-words.ts";
import { sourceOf } from "./foreign-components.ts";
import "./graph.css";

type Repository = AnswerOf<"listRepositories">["items"][number];

/** The graph in words: each component, what it takes from which, who needs it, how it stands. */
export function GraphList({
  repository,
  all,
  workspaces,
  environments,
}: {
  repository: Repository;
  /** All that the person sees: some of them may take what this one gives. */
  all: readonly Repository[];
  /** How many the repository has. */
  environments: number;
  workspaces: readonly WorkspaceSummary[];
}) {
  const { components } = repository;
  return (
    <ul className="graph-list">
      {components.map(({ name, layer, dependsOn, inputs, environments: own, path }) => {
        const needed = [
          ...components.filter((other) => other.dependsOn.includes(name)).map((other) => other.name),
          ...takersOf(`${repository.name}:${name}`, all),
        ];
        const only = dependsOn.filter((other) => !inputs.some(({ from }) => from.startsWith(`${other}.`)));
        return (
          <li key={name} className="graph-list__item">
            <div className="wrap">
              <b>{name}</b>
              <span className="note">{layer}</span>
            </div>
            <p className="note">
              <code>{path}</code>
              {own.length < environments && `, in ${list(own)} only`}.{" "}
              {dependsOn.length + inputs.length === 0 && "Needs nothing. "}
              {inputs.length > 0 && (
                <>
                  Takes{" "}
                  {inputs.map(({ variable, from }, index) => (
                    <span key={variable}>
                      {index > 0 && ", "}
                      <code>{from}</code>
                    </span>
                  ))}
                  .{" "}
                </>
              )}
              {only.length > 0 && `Runs after ${list(only)}. `}
              {needed.length > 0 && `Needed by ${list(needed)}.`}
            </p>
            <div className="wrap">
              {workspaces
                .filter((one) => one.repository === repository.name && one.component === name)
                .map((workspace) => (
                  <Link key={workspace.name} href={pathTo.workspace(workspace)} className="graph-list__state">
                    <StateText state={workspaceWord(workspace)}>
                      {workspace.environment}: {workspaceWord(workspace).word}
                    </StateText>
                  </Link>
                ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** `portal-infrastructure:portal`: components of other repositories that take an output of this one. */
function takersOf(source: string, all: readonly Repository[]): string[] {
  return all.flatMap((other) =>
    other.components
      .filter(({ inputs }) => inputs.some(({ from }) => sourceOf(from) === source))
      .map(({ name }) => `${other.name}:${name}`),
  );
}

import { Badge } from "../../ui/marks/badge.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { classes, list } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { workspaceWord } from "../state-words.ts";
import { ParityCell } from "./parity-cell.tsx";
import { countedWords, verdictWords, type ComponentParity, type Parity, type ParityRow } from "./parity-words.ts";
import "../../ui/lists/table.css";

/** One component: a row per thing that is compared, a column per environment. */
export function ParityTable({
  repository,
  component,
  environments,
  rows,
}: {
  repository: string;
  component: ComponentParity;
  environments: Parity["environments"];
  rows: readonly ParityRow[];
}) {
  const { workspaces, layer, counts } = component;
  const shown = environments.filter(({ name }) => workspaces.some(({ environment }) => environment === name));
  const absent = environments.filter((one) => !shown.includes(one)).map(({ name }) => name);
  return (
    <Panel
      title={component.component}
      note={[layer, ...countedWords(counts), ...(absent.length === 0 ? [] : [`not in ${list(absent)}`])].join(", ")}
      side={
        <>
          {counts.forbidden > 0 && (
            <Badge tone="failed" glyph="failed">
              {counts.forbidden} should not differ
            </Badge>
          )}
          {counts.unexplained > 0 && (
            <Badge tone="medium" glyph="unknown">
              {counts.unexplained} without a reason
            </Badge>
          )}
        </>
      }
    >
      <div className="table-wrap">
        <table className="table parity">
          <thead>
            <tr>
              <th scope="col">{rows.every(({ verdict }) => verdict === "same") ? "Compared" : "What differs"}</th>
              {shown.map(({ name }) => {
                const workspace = workspaces.find(({ environment }) => environment === name);
                const state = workspace && workspaceWord(workspace);
                return (
                  <th key={name} scope="col">
                    <span className="inline">
                      {workspace === undefined ? (
                        name
                      ) : (
                        <Link href={pathTo.workspace({ repository, name: workspace.name })}>{name}</Link>
                      )}
                      {state !== undefined && (
                        <span className={`inline tone-${state.tone} parity__state`} title={state.word}>
                          <Glyph name={state.glyph} size={13} />
                          <span className="hidden-text">{state.word}</span>
                        </span>
                      )}
                    </span>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.kind} ${row.name}`} row={row} repository={repository} environments={shown} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Row({
  row,
  repository,
  environments,
}: {
  row: ParityRow;
  repository: string;
  environments: Parity["environments"];
}) {
  const { word, tone, glyph } = verdictWords[row.verdict];
  const bad = row.verdict === "forbidden" || row.verdict === "unexplained";
  return (
    <tr className={classes(`tone-${tone}`, bad && "parity__row--bad")}>
      <th scope="row">
        <span className="wrap">
          {row.kind === "value" ? <code className="parity__name">{row.name}</code> : <b>{row.name}</b>}
          <Badge tone={tone} glyph={glyph}>
            {word}
          </Badge>
        </span>
        <span className="parity__why note">
          {row.sentence}
          {row.rule !== null && (
            <>
              {" "}
              <Link href={pathTo.policy({ tab: "rules", rule: row.rule })}>{row.rule}</Link>
            </>
          )}
        </span>
      </th>
      {environments.map(({ name, pin }) => (
        <ParityCell
          key={name}
          environment={name}
          repository={repository}
          pin={pin?.ref}
          cell={row.cells.find(({ environment }) => environment === name)}
          reasonShown={row.verdict === "explained" && row.sentence}
        />
      ))}
    </tr>
  );
}

import { scopeCategories } from "@plumbline/contract/scope";
import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { scopeQuery } from "../../api/queries/clients.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Glyph, type GlyphName } from "../../ui/marks/glyph.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { count, list, ownerName } from "../../util/format.ts";
import "../../ui/lists/table.css";
import "./scope-panel.css";

type Scope = AnswerOf<"getScope">["items"][number];
type Part = Scope["parts"][number];

const looks: Record<Part["state"], { glyph: GlyphName; word: string }> = {
  codified: { glyph: "done", word: "code" },
  missing: { glyph: "never_applied", word: "missing" },
  "not-needed": { glyph: "skipped", word: "not needed" },
};
const categories = Object.entries(scopeCategories);

/** Which parts of each environment are code; what is missing is a defect, and somebody answers for it. */
export function ScopePanel({ environments, repository }: { environments?: string; repository?: string | undefined }) {
  const query = useQuery(
    scopeQuery({
      ...(environments === undefined ? {} : { environments }),
      ...(repository === undefined ? {} : { repository }),
    }),
  );
  const items = query.data?.items ?? [];
  const missing = items.reduce((sum, one) => sum + one.missing, 0);
  return (
    <Panel
      title="What is code"
      note="by the resources that the states hold"
      side={
        items.length === 0 ? undefined : missing > 0 ? (
          <Badge tone="medium">{count(missing, "part")} missing</Badge>
        ) : (
          <Badge tone="ok">Nothing is missing</Badge>
        )
      }
    >
      <Loaded query={query} label="What is code" lines={4}>
        {() =>
          items.length === 0 ? (
            <Empty title="No environment yet">
              Once plumbline.yaml on main declares environments, each is told here which of its parts are code.
            </Empty>
          ) : (
            <ScopeTable items={items} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function ScopeTable({ items }: { items: readonly Scope[] }) {
  return (
    <div className="table-wrap scope">
      <table className="table scope__table">
        <thead>
          <tr>
            <th>Environment</th>
            {categories.map(([id, title]) => (
              <th key={id}>{title}</th>
            ))}
            <th>Answers for it</th>
          </tr>
        </thead>
        <tbody>
          {items.map((scope) => (
            <tr key={scope.environment}>
              <td className="table__main">{scope.environment}</td>
              {scope.parts.map((part) => (
                <td key={part.category} data-title={scopeCategories[part.category]}>
                  <PartCell part={part} />
                </td>
              ))}
              <td className="scope__owner" data-title="Answers for it">
                <Owner scope={scope} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PartCell({ part }: { part: Part }) {
  const { glyph, word } = looks[part.state];
  const types = part.types.map(({ type, count: held }) => (held === 1 ? type : `${held} ${type}`));
  const why = part.state === "codified" ? types.join(", ") : (part.reason ?? "No state holds anything of it.");
  return (
    <span className={`scope__part scope__part--${part.state}`} title={why}>
      <Glyph name={glyph} size={14} />
      {word}
      {part.state === "codified" && <span className="dim">{part.resources}</span>}
    </span>
  );
}

function Owner({ scope }: { scope: Scope }) {
  if (scope.owners.length === 0) return <span className="scope__nobody">Nobody is named</span>;
  const from = scope.ownerFrom;
  return (
    <span title={from === null ? undefined : `${from.file}${from.line === null ? "" : `:${from.line}`}`}>
      {list(scope.owners.map(ownerName))}
    </span>
  );
}

import { IconChevronRight } from "@tabler/icons-react";
import type { AnswerOf } from "../../api/endpoints.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { CodeText } from "../../ui/text/code-text.tsx";
import { FilePlace } from "../../ui/text/file-place.tsx";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { isOfCode, placeText, sourceWords } from "./source-words.ts";

type Value = AnswerOf<"listWorkspaceValues">["items"][number];
type Origin = NonNullable<Value["origin"]>;

/** Where the code of a workspace stands: at its pin, or on main. */
export interface Code {
  repository: string;
  commit: string | undefined;
}

/** One variable; opened it shows every place that gives it a value, the winner first. */
export function ValueRow({ value, code }: { value: Value; code: Code }) {
  const { name, origin, overrides, sensitive, description, type } = value;
  return (
    <li className="value-row">
      <details>
        <summary>
          <IconChevronRight size={14} stroke={1.75} aria-hidden="true" className="value-row__mark" />
          <code className="value-row__name">{name}</code>
          <span className="value-row__value">
            {origin === null ? (
              <span className="value-row__none">no value</span>
            ) : (
              <ValueText origin={origin} sensitive={sensitive} plain />
            )}
          </span>
          <Badge tone={origin === null ? "failed" : "ink"}>
            {origin === null ? "missing" : sourceWords[origin.source]}
          </Badge>
        </summary>
        <div className="value-row__detail">
          {description !== null && <p className="note">{description}</p>}
          {type !== null && (
            <p className="note">
              Type <code>{type}</code>
            </p>
          )}
          {origin === null && (
            <p className="note">
              Nothing gives it a value, so the engine refuses to plan. Write it into the environment&apos;s tfvars, or
              give the variable a default.
            </p>
          )}
          {origin !== null && (
            <ol className="value-row__chain">
              <Place origin={origin} sensitive={sensitive} code={code} wins />
              {overrides.map((one) => (
                <Place
                  key={`${one.source} ${one.file} ${one.line} ${one.owner}`}
                  origin={one}
                  sensitive={sensitive}
                  code={code}
                />
              ))}
            </ol>
          )}
        </div>
      </details>
      {origin !== null && origin.why !== null && <p className="value-row__why note">{origin.why}</p>}
    </li>
  );
}

function Place({
  origin,
  sensitive,
  code,
  wins = false,
}: {
  origin: Origin;
  sensitive: boolean;
  code: Code;
  wins?: boolean;
}) {
  const place = placeText(origin);
  return (
    <li className={wins ? "value-place value-place--wins" : "value-place"}>
      <span className="value-place__source">
        {wins && <Glyph name="done" size={13} className="value-place__tick" />}
        {sourceWords[origin.source]}
        <span className="hidden-text">{wins ? " (in use)" : " (not in use)"}</span>
      </span>
      <span className="value-place__value">
        {wins ? (
          <ValueText origin={origin} sensitive={sensitive} />
        ) : (
          <s>
            <ValueText origin={origin} sensitive={sensitive} />
          </s>
        )}
      </span>
      {place !== null && origin.file !== null && (
        <FilePlace
          repository={code.repository}
          file={origin.file}
          line={origin.line}
          commit={isOfCode(origin) ? code.commit : undefined}
          className="value-place__file"
        >
          {place}
        </FilePlace>
      )}
    </li>
  );
}

/** The value as written, or what is shown in its stead. `plain`: it stands in what opens the row, so it is no link. */
function ValueText({ origin, sensitive, plain = false }: { origin: Origin; sensitive: boolean; plain?: boolean }) {
  if (origin.source === "sealed")
    return (
      <span className="note">
        version {origin.version}
        {origin.setAt !== null && (
          <>
            , set <TimeAgo at={origin.setAt} />
          </>
        )}
      </span>
    );
  if (origin.source === "input" && origin.from !== null) {
    if (plain) return <code>{origin.from}</code>;
    const workspace = origin.from.slice(0, origin.from.lastIndexOf("."));
    return (
      <Link href={pathTo.workspace(workspace)}>
        <code>{origin.from}</code>
      </Link>
    );
  }
  if (sensitive || origin.value === null) return <span className="note">sensitive, not shown</span>;
  return (
    <code>
      <CodeText text={origin.value.replaceAll(/\s+/g, " ")} />
    </code>
  );
}

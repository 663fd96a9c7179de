import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { AnswerOf } from "../api/endpoints.ts";
import { repositoryFileQuery } from "../api/queries/repositories.ts";
import { CopyButton } from "../ui/buttons/copy-button.tsx";
import { CodeText } from "../ui/text/code-text.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Link } from "../ui/text/link.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { useAddress } from "../ui/use-address.ts";
import { classes, count, list, ownerName, short } from "../util/format.ts";
import { pathTo } from "../util/path-builder.ts";
import "./file-page.css";

type File = AnswerOf<"getRepositoryFile">;

/** A file as it stands in Git, with the line that somebody was led to. */
export function FilePage() {
  const { repository = "", _splat: path = "" } = useParams({ strict: false });
  const [{ commit }] = useAddress();
  const file = useQuery(repositoryFileQuery(repository, { path, ...(commit === undefined ? {} : { commit }) }));
  return (
    <Loaded query={file} label={path} lines={12} page>
      {(data) => (
        <>
          <PageHead
            title={<span className="file-page__path">{data.path}</span>}
            sentence={<Sentence file={data} />}
            actions={
              !data.onMain && <Link href={pathTo.file(data.repository, data.path)}>Open it as it is on main</Link>
            }
          />
          <Lines file={data} />
        </>
      )}
    </Loaded>
  );
}

/** Where it stands, and who can change it. */
function Sentence({ file: { onMain, commit, subject, owners } }: { file: File }) {
  return (
    <>
      As it stands {onMain ? "on main" : "at an earlier commit"}, <code title={commit}>{short(commit)}</code>
      {subject !== null && ` (${subject})`}. A pull request changes it
      {owners.length > 0 && `; ${list(owners.map(ownerName))} ${owners.length === 1 ? "owns" : "own"} it`}.
    </>
  );
}

function Lines({ file: { text, isCut, path } }: { file: File }) {
  const [search] = useAddress();
  const chosen = Number(search["line"]);
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    // Browsers differ in what this answers; an effect must answer nothing.
    row.current?.scrollIntoView({ block: "center" });
  }, [chosen]);
  if (text === null)
    return (
      <div className="panel">
        <Empty title="No text">This file holds bytes that are no text. Clone the repository to look at it.</Empty>
      </div>
    );
  const lines = text.replace(/\n$/, "").split("\n");
  return (
    <Panel
      title={count(lines.length, "line")}
      note={isCut ? "cut here: the file goes on" : "what looks like a credential is not shown"}
      side={<CopyButton text={text} label="Copy the file" />}
    >
      {/* Code is the one thing that may be scrolled sideways, by keys too. */}
      <div className="file-page" role="region" aria-label={path} tabIndex={0}>
        <table>
          <tbody>
            {lines.map((line, index) => {
              const number = index + 1;
              return (
                // Lines have no identity but their number.
                // oxlint-disable-next-line react/no-array-index-key
                <tr
                  key={number}
                  ref={number === chosen ? row : null}
                  className={classes(number === chosen && "file-page__chosen")}
                >
                  <th scope="row">
                    <LineNumber number={number} chosen={number === chosen} />
                  </th>
                  <td>
                    <code>{line === "" ? " " : <CodeText text={line} />}</code>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** The number of a line; pressing it writes the line into the address. */
function LineNumber({ number, chosen }: { number: number; chosen: boolean }) {
  const [, setSearch] = useAddress();
  return (
    <button
      type="button"
      aria-label={`Line ${number}`}
      aria-pressed={chosen}
      onClick={() => setSearch({ line: chosen ? undefined : String(number) }, { replace: true })}
    >
      {number}
    </button>
  );
}

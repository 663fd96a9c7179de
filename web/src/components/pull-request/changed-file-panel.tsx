import type { Finding } from "@plumbline/contract/findings";
import { CommentForm } from "../../forms/comment-form.tsx";
import { Badge } from "../../ui/marks/badge.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { list, ownerName } from "../../util/format.ts";
import { DiffView } from "../diff/diff-view.tsx";
import { FindingCard } from "../plan/finding-card.tsx";
import { CommentView } from "./comment-view.tsx";
import type { ChangedFile, Comment } from "./types.ts";

/** One changed file. A finding stands under each of its lines here, a comment under its own. */
export function ChangedFilePanel({
  number,
  file,
  findings,
  comments,
  writing,
  shown,
  onWrite,
}: {
  number: number;
  file: ChangedFile;
  findings: readonly Finding[];
  comments: readonly Comment[];
  /** The line a comment is being written on. */
  writing: number | null;
  /** The line that the address names; undefined where it names another file, or none. */
  shown: number | undefined;
  /** Left out where nobody comments on lines. */
  onWrite?: (line: number | null) => void;
}) {
  const below = (line: number) => {
    const own = unique(findings).filter(({ place, chain }) =>
      [place, ...chain].some((step) => step?.file === file.path && step.line === line),
    );
    const said = comments.filter(
      (comment) => comment.file === file.path && comment.line === line && comment.kind === "discussion",
    );
    if (own.length === 0 && said.length === 0 && writing !== line) return null;
    return (
      <div className="diff__below stack" style={{ gap: 8 }}>
        {own.map((finding) => (
          <FindingCard key={finding.fingerprint} finding={finding} />
        ))}
        {said.map((comment) => (
          <CommentView key={comment.id} comment={comment} />
        ))}
        {writing === line && (
          <CommentForm number={number} file={file.path} line={line} onDone={() => onWrite?.(null)} />
        )}
      </div>
    );
  };
  return (
    <Panel
      title={
        <code>
          {file.oldPath === null || file.oldPath === file.path ? file.path : `${file.oldPath} → ${file.path}`}
        </code>
      }
      note={file.owners.length > 0 ? `owned by ${list(file.owners.map(ownerName))}` : "nobody owns it"}
      side={
        <>
          <Badge>{file.status}</Badge>
          <span className="mono tone-ok" style={{ color: "var(--ok)" }}>
            +{file.added}
          </span>
          <span className="mono" style={{ color: "var(--failed)" }}>
            −{file.removed}
          </span>
        </>
      }
    >
      {file.patch === null ? (
        <p className="panel__body note">Binary, or too large to be shown here. Fetch the change to see it.</p>
      ) : (
        <DiffView
          patch={file.patch}
          below={below}
          shown={shown}
          {...(onWrite === undefined ? {} : { onLine: onWrite })}
        />
      )}
    </Panel>
  );
}

/** The same finding comes once from each workspace. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Map(
    findings.map((finding) => [
      `${finding.rule} ${finding.place?.file}:${finding.place?.line} ${finding.address}`,
      finding,
    ]),
  );
  return [...seen.values()];
}

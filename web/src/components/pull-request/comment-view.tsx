import { Avatar } from "../../ui/marks/avatar.tsx";
import { Badge } from "../../ui/marks/badge.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Logo } from "../../ui/marks/logo.tsx";
import { Markdown } from "../../ui/text/markdown.tsx";
import { TimeAgo } from "../../ui/text/time-ago.tsx";
import type { Comment } from "./types.ts";
import "./comment-view.css";

/** A comment: who, when, on which line, what. */
export function CommentView({ comment, codeHref }: { comment: Comment; codeHref?: string }) {
  const { person, at, editedAt, file, line, body, kind, resolvedAt } = comment;
  const place = file === null ? null : `${file}${line === null ? "" : `:${line}`}`;
  return (
    <article className="comment" aria-label={`${person?.name ?? "Plumbline"}, comment`}>
      {person === null ? <Logo size={22} /> : <Avatar name={person.name} />}
      <div className="comment__body">
        <header className="comment__head">
          <b>{person?.name ?? "Plumbline"}</b>
          <span className="small">
            <TimeAgo at={at} />
            {editedAt !== null && (
              <>
                , edited <TimeAgo at={editedAt} />
              </>
            )}
            {place !== null && (
              <>
                {" on "}
                {codeHref === undefined ? place : <Link href={codeHref}>{place}</Link>}
              </>
            )}
          </span>
          {kind === "summary" && <Badge>summary</Badge>}
          {resolvedAt !== null && <Badge tone="ok">settled</Badge>}
        </header>
        <Markdown source={body} />
      </div>
    </article>
  );
}

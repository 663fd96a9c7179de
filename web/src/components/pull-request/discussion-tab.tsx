import { pullRequestCan } from "@plumbline/contract/pull-request-status";
import { useQuery } from "@tanstack/react-query";
import { commentsQuery } from "../../api/queries/pull-requests.ts";
import { CommentForm } from "../../forms/comment-form.tsx";
import { Loaded } from "../../ui/loading/loaded.tsx";
import { Markdown } from "../../ui/text/markdown.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { CommentView } from "./comment-view.tsx";
import type { PullRequest } from "./types.ts";
import "./discussion-tab.css";

/** The description, the one summary, then what people say; `brief` is only that: the rest stands beside it. */
export function DiscussionTab({ pullRequest, brief = false }: { pullRequest: PullRequest; brief?: boolean }) {
  const { number, description, can, status } = pullRequest;
  const comments = useQuery(commentsQuery(number));
  const reason = !pullRequestCan("comment", status)
    ? `It is ${status}.`
    : can.comment.allowed
      ? null
      : (can.comment.reason ?? "You may not comment.");
  return (
    <div className="stack">
      {!brief && description.trim() !== "" && (
        <Panel title="Description">
          <div className="panel__body">
            <Markdown source={description} />
          </div>
        </Panel>
      )}
      <Panel title="Discussion">
        <Loaded query={comments} label="The discussion">
          {({ items }) => (
            <ul className="discussion">
              {items
                .filter(({ kind }) => !brief || kind !== "summary")
                .map((comment) => (
                  <li key={comment.id}>
                    <CommentView comment={comment} codeHref={pathTo.pullRequest(number, { tab: "code" })} />
                  </li>
                ))}
              <li>
                <CommentForm number={number} reason={reason} />
              </li>
            </ul>
          )}
        </Loaded>
      </Panel>
    </div>
  );
}

import type { AnswerOf } from "../../api/endpoints.ts";

export type PullRequest = AnswerOf<"getPullRequest">;
export type AffectedWorkspace = PullRequest["affected"][number];
export type GateCondition = PullRequest["gate"][number];
export type Comment = AnswerOf<"listComments">["items"][number];
export type ChangedFile = AnswerOf<"listChangedFiles">["items"][number];

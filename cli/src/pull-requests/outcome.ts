import type { PullRequest } from "@plumbline/contract";
import type { Look } from "../terminal/look.ts";
import { wrap } from "../terminal/width.ts";

/** What an act led to: the pull request in one line, and its sentence. */
export function outcomeLines(done: string, shown: PullRequest, look: Look): string[] {
  return [`${done}: #${shown.number} ${shown.title}`, ...wrap(shown.sentence, look.columns)];
}

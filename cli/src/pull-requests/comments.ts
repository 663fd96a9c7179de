import { addComment, listComments } from "@plumbline/contract";
import type { Comment } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { indented } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { readStdin } from "../terminal/prompt.ts";
import { ago } from "../terminal/words.ts";

export interface CommentOptions {
  file?: string;
  line?: number;
}

/** `plumb prs comments` */
export async function showComments(context: Context, number: number): Promise<void> {
  const client = await context.client();
  const found = await client.call(listComments, { params: { number } });
  context.print(found, ({ items }, look) =>
    items.length === 0 ? ["No comments."] : items.flatMap((comment) => commentLines(comment, look)),
  );
}

/** `plumb prs comment`: the text is an argument, or comes from stdin. */
export async function comment(
  context: Context,
  number: number,
  text: string | undefined,
  { file, line }: CommentOptions,
): Promise<void> {
  if (line !== undefined && file === undefined)
    throw new UsageFault("--line needs --file.", "Name the file that the line is in.");
  if (text === undefined && context.terminal.isTerminal.stdin)
    throw new UsageFault("There is no text.", "Give it after the number, or pipe it to stdin.");
  const body = text ?? (await readStdin(context.terminal));
  if (body.trim() === "") throw new UsageFault("The text is empty.", "Give it after the number, or pipe it to stdin.");
  const client = await context.client();
  const made = await client.call(addComment, { params: { number }, body: { body, file, line } });
  context.print(made, (shown, look) => commentLines(shown, look));
}

function commentLines({ person, body, file, line, at, resolvedAt }: Comment, look: Look): string[] {
  const where = file === null ? "" : ` on ${file}${line === null ? "" : `:${line}`}`;
  const resolved = resolvedAt === null ? "" : ", resolved";
  const head = `${person?.name ?? "plumbline"}${where}, ${ago(at, look.now)}${resolved}`;
  return [look.paint("bold", head), ...indented(body), ""];
}

import { getRepositoryFile, problem } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";

export interface FileOptions {
  repository?: string;
  commit?: string;
  line?: number;
}

/**
 * `plumb repositories file`: the text as it is, so that it can be piped; `--line` prints that one alone. Only a terminal
 * gets it with what could steer it taken out.
 */
export async function printFile(
  context: Context,
  path: string,
  { commit, line, ...named }: FileOptions,
): Promise<void> {
  const client = await context.client();
  const repository = await chooseRepository(client, named.repository, "Name one with --repository");
  const found = await client.call(getRepositoryFile, {
    params: { repository },
    query: { path, ...(commit === undefined ? {} : { commit }) },
  });
  const { stdout, isTerminal } = context.terminal;
  if (context.json || isTerminal.stdout) context.print(found, ({ text }) => linesOf(path, text, line));
  else stdout.write(`${linesOf(path, found.text, line).join("\n")}\n`);
  if (found.isCut && line === undefined && !context.json)
    context.say("It is cut here: the file goes on. git show has all of it.");
}

function linesOf(path: string, text: string | null, line: number | undefined): string[] {
  if (text === null) throw problem("invalid_request", `${path} is no text.`);
  const lines = text.replace(/\n$/, "").split("\n");
  if (line === undefined) return lines;
  const wanted = lines[line - 1];
  if (wanted === undefined) throw problem("invalid_request", `${path} has ${lines.length} lines.`);
  return [wanted];
}

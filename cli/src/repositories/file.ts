import { getRepositoryFile, problem } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { chooseRepository } from "../connection/choose-repository.ts";

export interface FileOptions {
  repository?: string;
  commit?: string;
  line?: number;
}

/** `plumb repositories file`: the text as it is, so that it can be piped; `--line` prints that one alone. */
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
  context.print(found, ({ text }) => {
    if (text === null) throw problem("invalid_request", `${path} is no text.`);
    const lines = text.replace(/\n$/, "").split("\n");
    if (line === undefined) return lines;
    const wanted = lines[line - 1];
    if (wanted === undefined) throw problem("invalid_request", `${path} has ${lines.length} lines.`);
    return [wanted];
  });
}

import { problem } from "@plumbline/contract/errors";
import type { Context } from "../command/context.ts";
import { plural } from "../terminal/words.ts";
import { download } from "./download.ts";
import { readState } from "./read-state.ts";

export interface ShowOptions {
  version?: number;
}

/** `plumb state show`: what is in a state by address. Values, which may be secret, are not printed. */
export async function showState(context: Context, workspace: string, { version }: ShowOptions): Promise<void> {
  const bytes = await download(await context.client(), workspace, version);
  const state = readState(bytes.toString("utf8"));
  if (state === undefined) throw problem("internal", `The state of ${workspace} is not one of version 4.`);
  context.print(state, ({ serial, lineage, resources, outputs }, look) => [
    `${look.paint("bold", workspace)}: serial ${serial}, lineage ${lineage}`,
    ...resources.map((address) => `  ${address}`),
    plural(resources.length, "resource"),
    ...(outputs.length === 0 ? [] : [`Outputs: ${outputs.join(", ")}`]),
  ]);
}

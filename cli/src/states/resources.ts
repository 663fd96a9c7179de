import { listStateResources } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { moment, plural } from "../terminal/words.ts";

export interface ResourcesOptions {
  version?: number;
  at?: string;
}

/** `plumb state resources`: what a state held, or as it was at an instant; addresses, never values. */
export async function listResources(context: Context, workspace: string, options: ResourcesOptions): Promise<void> {
  const client = await context.client();
  const { version: wanted, at } = options;
  const found = await client.call(listStateResources, {
    params: { workspace },
    query: { version: wanted, at },
  });
  context.print(found, ({ version, until, resources, outputs }, look) =>
    version === null
      ? [at === undefined ? "No state yet." : `There was no state at ${moment(at)}.`]
      : [
          `${look.paint("bold", workspace)}: version ${version.version}, from ${moment(version.createdAt)}${until === null ? "" : ` until ${moment(until)}`}`,
          ...resources.map(({ address }) => `  ${address}`),
          plural(resources.length, "resource"),
          ...(outputs.length === 0 ? [] : [`Outputs: ${outputs.map(({ name }) => name).join(", ")}`]),
        ],
  );
}

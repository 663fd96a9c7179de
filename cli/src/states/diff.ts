import { diffStates } from "@plumbline/contract";
import type { ResponseOf } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look } from "../terminal/look.ts";

type Resource = ResponseOf<typeof diffStates>["resources"][number];

const signs = { added: "+", removed: "-", changed: "!" } as const;
const colours = { added: "green", removed: "red", changed: "yellow" } as const;

/** `plumb state diff` */
export async function diffVersions(context: Context, workspace: string, from: number, to: number): Promise<void> {
  const client = await context.client();
  const diff = await client.call(diffStates, { params: { workspace }, query: { from, to } });
  context.print(diff, ({ resources }, look) =>
    resources.length === 0 ? ["No difference."] : resources.flatMap((resource) => resourceLines(resource, look)),
  );
}

function resourceLines({ address, action, attributes }: Resource, look: Look): string[] {
  return [
    look.paint(colours[action], `${signs[action]} ${address} ${action}`),
    ...attributes.map(({ path, before, after, sensitive }) => {
      const shown = sensitive ? "(sensitive value)" : `${before ?? "null"} -> ${after ?? "null"}`;
      return look.paint(colours[action], `${signs[action]}     ${path} = ${shown}`);
    }),
  ];
}

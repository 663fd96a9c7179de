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
  const line = (text: string) => look.paint(colours[action], `${signs[action]} ${text}`);
  return [line(`${address} ${action}`), ...attributes.map((attribute) => line(`    ${attributeText(attribute)}`))];
}

function attributeText({ path, before, after, sensitive }: Resource["attributes"][number]): string {
  if (sensitive) return `${path} = (sensitive value)`;
  return before === null ? `${path} = ${after ?? "null"}` : `${path} = ${before} -> ${after ?? "null"}`;
}

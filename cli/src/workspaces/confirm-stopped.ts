import { confirmStopped } from "@plumbline/contract";
import type { Context } from "../command/context.ts";

/** `plumb workspaces confirm-stopped` */
export async function confirmNothingRuns(context: Context, workspace: string, statement: string): Promise<void> {
  const client = await context.client();
  const answer = await client.call(confirmStopped, { params: { workspace }, body: { statement } });
  context.print(answer, ({ name, state, sentence }) => [`${name} is ${state.replaceAll("_", " ")}. ${sentence}`]);
}

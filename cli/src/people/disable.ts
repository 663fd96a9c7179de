import { changePerson } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { personLines } from "./person-lines.ts";

/** `plumb people disable|enable` */
export async function setDisabled(context: Context, name: string, disabled: boolean): Promise<void> {
  const client = await context.client();
  const changed = await client.call(changePerson, { params: { name }, body: { disabled } });
  context.print(changed, (shown, look) => personLines(disabled ? "Disabled" : "Enabled", shown, look));
}

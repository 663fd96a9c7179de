import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { printableLine } from "../terminal/clean.ts";
import { ask, readSecret } from "../terminal/prompt.ts";

/** A new password from a person, who types it twice, or from a pipe. */
export async function newPassword({ terminal }: Context, name: string): Promise<string> {
  const password = await readSecret(terminal, `New password of ${printableLine(name)}: `);
  if (terminal.isTerminal.stdin && (await ask(terminal, "Once more: ", { hidden: true })) !== password)
    throw new UsageFault("The two passwords differ.", "Nothing was changed; run it again.");
  return password;
}

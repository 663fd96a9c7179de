import type { Context } from "../command/context.ts";
import type { NameKind } from "../names/kinds.ts";
import { knownNames } from "../names/known-names.ts";
import { printableLine } from "../terminal/clean.ts";

/** What a shell takes as one word, whatever its settings; other names are not proposed. */
const harmless = /^[\w./@:-]{1,400}$/;

/** `plumb completion names`: `NAME<tab>SUMMARY`, one per line. Not signed in, not reachable, too slow: nothing, and 0. */
export async function printNames(context: Context, kind: NameKind): Promise<void> {
  const items = await knownNames(() => context.client(), kind).catch(() => []);
  const found = items.filter(([name]) => harmless.test(name)).map(([name, summary]) => ({ name, summary }));
  context.print({ items: found }, (shown) =>
    shown.items.map(({ name, summary }) => (summary === "" ? name : `${name}\t${printableLine(summary)}`)),
  );
}

import { printableLine } from "./clean.ts";
import type { Look } from "./look.ts";
import { widthOf, wrap } from "./width.ts";

/** Something that somebody did. */
interface Act {
  at: string;
  actor: string;
  text: string;
}

/** Acts, a line each: when, then who did what; what is longer than the terminal is wide goes on below. */
export function actedLines(look: Look, acts: readonly Act[], when: (at: string) => string): string[] {
  return acts.flatMap((act) => {
    const time = when(act.at);
    const room = look.columns === undefined ? undefined : Math.max(20, look.columns - widthOf(time) - 2);
    return wrap(actedText(act), room).map((line, index) =>
      index === 0 ? `${look.paint("dim", time)}  ${line}` : `${" ".repeat(widthOf(time))}  ${line}`,
    );
  });
}

/**
 * `owner merged #127`: where the sentence does not begin with the actor, he stands before it. It holds what people wrote,
 * such as titles, whose line ends must not make lines that look like ours.
 */
function actedText({ actor, text }: Act): string {
  return printableLine(text.startsWith(`${actor} `) ? text : `${actor}: ${text}`);
}

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import type { Look } from "../terminal/look.ts";
import { plural } from "../terminal/words.ts";
import { checkFolder } from "./check-folder.ts";
import type { Flaw } from "./flaw.ts";

/** `plumb validate`: `{valid, problems}`; fails where a problem is an error. */
export async function validate(context: Context, folder: string): Promise<void> {
  const root = resolve(folder);
  if (!(statSync(root, { throwIfNoEntry: false })?.isDirectory() ?? false))
    throw new UsageFault(`${folder} is not a folder.`, "Name the folder of a repository.");
  const problems = await checkFolder(root);
  const valid = problems.every(({ level }) => level !== "error");
  context.print({ valid, problems }, (result, look) => [
    ...result.problems.flatMap((flaw) => flawLines(flaw, look)),
    summary(result.problems),
  ]);
  if (!valid) context.fail();
}

function flawLines({ level, file, line, column, message, proposal, rule }: Flaw, look: Look): string[] {
  const place = `${file}:${line}${column === null ? "" : `:${column}`}`;
  const word = level === "error" ? look.paint("red", "error") : look.paint("yellow", "advice");
  const named = rule === null ? "" : look.paint("dim", ` [${rule}]`);
  // A proposal for a configuration file stands in its message already.
  return [`${place}: ${word}: ${message}${named}`, ...(rule === null || proposal === null ? [] : [`    ${proposal}`])];
}

function summary(problems: readonly Flaw[]): string {
  const errors = problems.filter(({ level }) => level === "error").length;
  const advice = problems.length - errors;
  const more = advice === 0 ? "" : `, ${plural(advice, "piece")} of advice`;
  return errors === 0 ? `No errors${more}.` : `${plural(errors, "error")}${more}.`;
}

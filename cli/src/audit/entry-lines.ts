import type { AuditEvent } from "@plumbline/contract";
import { auditActionWords } from "@plumbline/contract/audit-actions";
import { detailRows } from "@plumbline/contract/audit-details";
import { facts, heading } from "../terminal/facts.ts";
import type { Look, Style } from "../terminal/look.ts";
import { printableLine } from "../terminal/clean.ts";
import { widthOf, wrap } from "../terminal/width.ts";
import { moment } from "../terminal/words.ts";

/** An entry of the audit log, whole: who did what to what and when, with its details and its hash. */
export function entryLines(entry: AuditEvent, look: Look): string[] {
  const { sequence, at, actor, action, text, workspace, environment, pullRequest, run, leafHash } = entry;
  return [
    look.paint("bold", `Entry ${sequence}`),
    ...wrap(printableLine(text), look.columns),
    "",
    ...facts(look, [
      ["at", moment(at)],
      ["who", actor.kind === "person" ? actor.name : `${actor.name} (${actor.kind})`],
      ["action", `${action}, ${auditActionWords(action)}`],
      ["workspace", workspace],
      ["environment", environment],
      ["pull request", pullRequest === null ? null : `#${pullRequest}`],
      ["run", run === null ? null : String(run)],
      ["leaf hash", leafHash],
    ]),
    ...detailLines(entry, look),
  ];
}

const sides = { plain: " ", before: "-", after: "+" } as const;
const styles: Partial<Record<keyof typeof sides, Style>> = { before: "red", after: "green" };

/** Details, a line each; where an entry holds what was before and what is after it, these stand against each other. */
function detailLines({ details }: AuditEvent, look: Look): string[] {
  const rows = detailRows(details);
  if (rows.length === 0) return [];
  const width = Math.min(longestPath, Math.max(...rows.map(({ path }) => widthOf(path))));
  const room = look.columns === undefined ? undefined : Math.max(20, look.columns - width - 4);
  return [
    ...heading(look, "Details"),
    ...rows.flatMap(({ path, text, side }) => {
      const sign = sides[side];
      const name = printableLine(path);
      const apart = widthOf(name) > width;
      const lines = wrap(printableLine(text), room).map((line, index) =>
        `${sign} ${(index === 0 && !apart ? name : "").padEnd(width)}  ${line}`.trimEnd(),
      );
      return [...(apart ? [`${sign} ${name}`] : []), ...lines].map((line) => look.paint(styles[side], line));
    }),
  ];
}

/** Names up to here stand beside their values; longer ones stand above them. */
const longestPath = 28;

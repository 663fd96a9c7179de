import type { FoundSecret } from "./found-secret.ts";
import { secretName } from "./named.ts";
import { isKey, isPassword } from "./plausible.ts";

/** What kind of text it is: HCL, whose quoted values an engine uses as they stand, or something else. */
export type TextKind = "hcl" | "other";

const name = String.raw`[A-Za-z_][A-Za-z0-9_.-]{0,80}`;
const quoted = String.raw`"((?:[^"\\\n]|\\.){4,600})"`;

/** `name = "value"`, `"name": "value"`, `name: 'value'`. */
const assignment = new RegExp(
  String.raw`(?<![A-Za-z0-9_.-])["']?(${name})["']?[ \t]*(?:=>?|:)[ \t]*(?:${quoted}|'([^'\n]{4,600})')`,
  "g",
);
/** `{ name = "DB_PASSWORD", value = "…" }` as containers and pipelines have it, also over two lines. */
const pair = new RegExp(
  String.raw`["']?(?:name|key|Name)["']?[ \t]*[=:][ \t]*"(${name})"(?:[ \t]*,)?\s*["']?(?:value|Value)["']?[ \t]*[=:][ \t]*${quoted}`,
  "g",
);
/** `variable "db_password" { … default = "…" }`. */
const variable = new RegExp(
  String.raw`variable[ \t]+"?(${name})"?[ \t]*\{(?:(?!\n\})[\s\S]){0,2000}?\bdefault[ \t]*=[ \t]*${quoted}`,
  "g",
);
/** `export NAME=value`, `NAME=value`, `name: value` where nothing is quoted. */
const bare = new RegExp(
  String.raw`^[ \t]*(?:-[ \t]+)?(?:export[ \t]+|set[ \t]+|ENV[ \t]+)?(${name})(?:=|:[ \t]+)([^\s"'#;,]{5,300})[ \t]*(?:#.*)?$`,
  "gm",
);

/**
 * Finds values that the name beside them calls a password or a key and that look like one. Comments of HCL are left out:
 * they hold examples.
 */
export function findByName(text: string, kind: TextKind): FoundSecret[] {
  if (!/pass|pwd|psk|secret|token|key|credential/i.test(text)) return [];
  const found: FoundSecret[] = [];
  const add = (called: string, value: string | undefined, end: number): void => {
    const meaning = secretName(called);
    if (meaning === undefined || value === undefined) return;
    if (meaning === "password" ? !isPassword(value, kind === "other") : !isKey(value)) return;
    const what = meaning === "password" ? "password" : "key";
    found.push({ kind: what, name: what, start: end - value.length, end, trust: "named" });
  };
  const searched = kind === "hcl" ? withoutComments(text) : text;
  for (const match of searched.matchAll(assignment))
    add(match[1] ?? "", match[2] ?? match[3], match.index + match[0].length - 1);
  for (const pattern of kind === "hcl" ? [pair, variable] : [pair])
    for (const match of searched.matchAll(pattern)) add(match[1] ?? "", match[2], match.index + match[0].length - 1);
  for (const [from, part] of kind === "hcl" ? heredocs(searched) : [[0, searched] as const])
    for (const match of part.matchAll(bare)) {
      const value = match[2] ?? "";
      add(match[1] ?? "", value, from + match.index + match[0].lastIndexOf(value) + value.length);
    }
  return found;
}

/** Comments are replaced by blanks, so that offsets stay. Signs inside quotes begin none. */
function withoutComments(text: string): string {
  return text.replaceAll(/"(?:[^"\\\n]|\\.)*"|(?<=^|\s)(?:#|\/\/)[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replaceAll(/[^\n]/g, " "),
  );
}

/** The texts of heredocs with their offsets. Takes one pass, also over a text full of beginnings without an end. */
function heredocs(text: string): (readonly [number, string])[] {
  const ends = Map.groupBy(text.matchAll(/^[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*$/gm), ([, word = ""]) => word);
  const passed = new Map<string, number>();
  const found: (readonly [number, string])[] = [];
  let from = 0;
  for (const { 0: start, 1: word = "", index } of text.matchAll(/<<-?([A-Za-z_][A-Za-z0-9_]*)\n/g)) {
    if (index < from) continue;
    const body = index + start.length;
    const own = ends.get(word) ?? [];
    let next = passed.get(word) ?? 0;
    while ((own[next]?.index ?? body) < body) next += 1;
    passed.set(word, next);
    const end = own[next]?.index;
    if (end === undefined) continue;
    found.push([body, text.slice(body, end)]);
    from = end;
  }
  return found;
}

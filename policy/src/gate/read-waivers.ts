import { isMap, isSeq } from "yaml";
import { parseYaml } from "../configuration/parse-yaml.ts";
import type { ConfigurationProblem } from "../configuration/read-policy-configuration.ts";
import { checkKeys, offsetOf, scalarOf } from "../configuration/yaml-nodes.ts";
import type { Report } from "../configuration/yaml-nodes.ts";
import { waiverEnd, waiverKey } from "./waiver.ts";
import type { Waiver } from "./waiver.ts";

/** Where waivers stand in a repository. */
export const waiversFile = "policies/waivers.yaml";

const keys = ["rule", "address", "environment", "reason", "owner", "ticket", "expires"] as const;
const mostWaivers = 2_000;
const mostCharacters = 1_000;
const day = 86_400_000;

/** What a waivers file says. An entry with a mistake is left out: it waives nothing. */
export interface ReadWaivers {
  waivers: Waiver[];
  problems: ConfigurationProblem[];
}

/**
 * Reads `policies/waivers.yaml`: `version: 1` and a list `waivers`, each with rule, address, environment, reason, owner,
 * ticket and expires. All mistakes are told at once, with line and column. Never throws.
 */
export function readWaivers(text: string, file: string = waiversFile): ReadWaivers {
  const { document, lines, errors } = parseYaml(text);
  const problems: ConfigurationProblem[] = [];
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const at = (offset: number, message: string) =>
    problems.push({ message, file, line: lineAt(offset), column: Math.max(1, lines.linePos(offset).col) });
  for (const { offset, message } of errors) at(offset, message);
  if (problems.length > 0 || document.contents === null) return { waivers: [], problems };
  const report: Report = (node, message) => void at(offsetOf(node), message);
  const top = document.contents;
  if (!isMap(top)) {
    report(top, "The file is a map with the keys version and waivers.");
    return { waivers: [], problems };
  }
  checkKeys(top, ["version", "waivers"], report);
  const version = top.get("version", true);
  if (scalarOf(version) !== 1) report(version ?? top, "version must be 1.");
  const list = top.get("waivers", true);
  if (list === undefined || scalarOf(list) === null) return { waivers: [], problems };
  if (!isSeq(list)) {
    report(list, "waivers must be a list.");
    return { waivers: [], problems };
  }
  if (list.items.length > mostWaivers) {
    report(list, `There are ${list.items.length} waivers; at most ${mostWaivers} are taken.`);
    return { waivers: [], problems };
  }
  const seen = new Map<string, number>();
  const waivers = list.items.flatMap((item) => {
    const read = readOne(item, report, lineAt);
    if (read === undefined) return [];
    const before = seen.get(waiverKey(read));
    if (before !== undefined) {
      report(item, `The waiver on line ${before} is for the same rule, address and environment.`);
      return [];
    }
    seen.set(waiverKey(read), read.line);
    return [read];
  });
  return { waivers, problems };
}

function readOne(item: unknown, report: Report, lineAt: (offset: number) => number): Waiver | undefined {
  if (!isMap(item)) {
    report(item, `A waiver is a map with ${keys.join(", ")}.`);
    return undefined;
  }
  let sound = true;
  const wrong = (node: unknown, message: string) => {
    sound = false;
    report(node, message);
  };
  checkKeys(item, keys, wrong);
  const text = (key: (typeof keys)[number]): string => {
    const node = item.get(key, true);
    const value = scalarOf(node);
    const said = typeof value === "number" ? String(value) : value;
    if (node === undefined)
      wrong(item, `The waiver has no ${key}; each has ${keys.slice(0, -1).join(", ")} and ${keys.at(-1)}.`);
    else if (typeof said !== "string" || said.trim() === "") wrong(node, `${key} must be a text.`);
    else if (said.length > mostCharacters) wrong(node, `${key} is longer than ${mostCharacters} characters.`);
    else return said.trim();
    return "";
  };
  const waiver: Waiver = {
    rule: text("rule"),
    address: text("address"),
    environment: text("environment"),
    reason: text("reason"),
    owner: text("owner"),
    ticket: text("ticket"),
    expires: text("expires"),
    line: lineAt(offsetOf(item)),
  };
  const isEverything = (pattern: string) => /^\*+$/.test(pattern);
  if (isEverything(waiver.rule) && isEverything(waiver.address))
    wrong(item.get("rule", true), "A waiver for every rule and every address would switch the policy off; name one.");
  if (waiver.owner !== "" && !/^@[^\s/]+$|^[^\s@]+@[^\s@]+$/.test(waiver.owner))
    wrong(item.get("owner", true), `owner is a person as CODEOWNERS names one: @name or an address.`);
  if (waiver.expires !== "" && !isDate(waiver.expires))
    wrong(item.get("expires", true), "expires is a day, such as 2027-03-01.");
  return sound ? waiver : undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * What is wrong with the waivers that a change brings or prolongs, beside their form: one that has expired, and one that
 * lasts longer than `maxDays` from now. Those that stay as they are on main are not looked at.
 */
export function checkNewWaivers(
  before: readonly Waiver[],
  after: readonly Waiver[],
  limits: { now: Date; maxDays: number },
  file: string = waiversFile,
): ConfigurationProblem[] {
  const known = new Map(before.map((waiver) => [waiverKey(waiver), waiver.expires]));
  const last = new Date(limits.now.getTime() + limits.maxDays * day).toISOString().slice(0, 10);
  return after
    .filter((waiver) => known.get(waiverKey(waiver)) !== waiver.expires)
    .flatMap((waiver) => {
      const problem = (message: string) => [{ message, file, line: waiver.line }];
      if (waiverEnd(waiver) <= limits.now) return problem(`This waiver has expired on ${waiver.expires}.`);
      if (waiver.expires > last)
        return problem(
          `This waiver expires on ${waiver.expires}; at most ${limits.maxDays} days are allowed, so ${last} at the latest.`,
        );
      return [];
    });
}

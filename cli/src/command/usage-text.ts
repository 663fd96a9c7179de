import { suggest } from "@plumbline/contract/configuration/suggestion";

const wordings: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^unknown (command|option) '(.*?)'(?: \(Did you mean (.*)\?\))?$/,
    (kind, word, meant) => unknown(kind, word, meant),
  ],
  [/^missing required argument '(.*)'$/, (name) => `The argument <${name}> is missing.`],
  [/^required option '(.*)' not specified$/, (flags) => `The option ${flags} is missing.`],
  [/^option '(.*)' argument missing$/, (flags) => `The option ${flags} has no value.`],
  [
    /^option '(?:-\w, )?(--\S+).*?' argument '(.*)' is invalid\. (.*)$/,
    (flag, value, why) => cannotBe(flag, value, why),
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*?)'\. (.*)$/,
    (value, name, why) => cannotBe(`<${name}>`, value, why),
  ],
  [
    /^too many arguments(?: for '.*?')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/,
    (expected, given, words) =>
      `There are ${given} arguments (${words}), and ${expected === "0" ? "none is" : expected === "1" ? "one is" : `${expected} are`} expected.`,
  ],
];

/** What commander says of a wrong command line, in whole sentences; a word that is like a right one is told. */
export function usageText(message: string): string {
  const said = message.replace(/^error: /, "").replaceAll("\n", " ");
  for (const [pattern, wording] of wordings) {
    const found = pattern.exec(said);
    if (found !== null) return wording(...found.slice(1).map((part) => part ?? ""));
  }
  return `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/[.]?$/, ".")}`;
}

function unknown(kind = "", word = "", meant = ""): string {
  return `There is no ${kind} ${word}.${meant === "" ? "" : ` Did you mean ${meant}?`}`;
}

function cannotBe(what = "", value = "", why = ""): string {
  const choices = /^Allowed choices are (.*)\.$/.exec(why)?.[1]?.split(", ");
  const meant = choices === undefined ? undefined : suggest(value, choices);
  return `${what} cannot be “${value}”. ${meant === undefined ? "" : `Did you mean ${meant}? `}${why}`;
}

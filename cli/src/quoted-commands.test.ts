import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { makeContext } from "./command/context.ts";
import { nodesOf } from "./completion/tree.ts";
import { makeProgram } from "./program.ts";
import { processTerminal } from "./terminal/terminal.ts";

const commands = nodesOf(makeProgram(makeContext(processTerminal(), false))).filter(
  (node) => node.commands.length === 0,
);
const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = [
  "README.md",
  ...["docs", "examples"].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.startsWith("rules/"))
      .map((name) => `${folder}/${name}`),
  ),
];

/** Commands that a page gives to be typed: lines of its code that begin with `plumb`, and code in a sentence that does. */
function quotedIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```[^\n]*\n([\s\S]*?)^ *```$/gm)].map(([, block = ""]) => block);
  const lines = blocks.flatMap((block) =>
    [...block.matchAll(/^ *(?:\$ )?(plumb [a-z-][^#\n]*)/gm)].map(([, line = ""]) => line),
  );
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
  const words = [...prose.matchAll(/`(plumb [^`]+)`/g)].map(([, line = ""]) => line.replaceAll(/\s+/g, " "));
  return [...lines, ...words]
    .flatMap((line) => line.split(/ (?:&&|\|\||\||>) /))
    .filter((line) => line.startsWith("plumb "));
}

/** What is wrong with a quoted command, undefined where nothing is. */
function faultOf(quoted: string): string | undefined {
  const words = quoted.trim().split(/\s+/).slice(1);
  const named = words.filter((word) => !word.startsWith("-")).join(" ");
  const found = commands.filter(({ path }) => named === path || named.startsWith(`${path} `));
  const isGroup = commands.some(({ path }) => named === "" || path.startsWith(`${named} `));
  if (found.length === 0) return isGroup || named === "COMMAND" ? undefined : `there is no command: ${quoted}`;
  // What `server`, `runner`, `backup` and `restore` are given belongs to these programs.
  if (/^(?:server|runner|backup|restore)\b/.test(named)) return undefined;
  const flags = new Set(["--help", ...found.flatMap(({ options }) => options.flatMap((option) => option.flags))]);
  const wrong = words.filter((word) => /^--?[a-z]/.test(word) && !flags.has(word.split("=")[0] ?? ""));
  return wrong.length === 0 ? undefined : `${wrong.join(", ")}: ${quoted}`;
}

test.each(pages)("%s quotes commands and options that there are", (page) => {
  const faults = quotedIn(readFileSync(root + page, "utf8")).flatMap((quoted) => faultOf(quoted) ?? []);
  expect(faults).toEqual([]);
});

test("commands are found in code and in sentences, and wrong ones are told", () => {
  const text =
    "`plumb prs show 4 --no-plans`\n\n```\n$ plumb prs list --mien   # mine\n$ x && plumb prs frobnicate 4\n```\n";
  expect(quotedIn(text).map((quoted) => faultOf(quoted))).toEqual(["--mien: plumb prs list --mien   ", undefined]);
  expect(faultOf("plumb prs frobnicate 4")).toBe("there is no command: plumb prs frobnicate 4");
});

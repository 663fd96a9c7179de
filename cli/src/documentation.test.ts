import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as contract from "@plumbline/contract";
import type { Endpoint } from "@plumbline/contract";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { makeContext } from "./command/context.ts";
import { nodesOf } from "./completion/tree.ts";
import { makeProgram } from "./program.ts";
import { processTerminal } from "./terminal/terminal.ts";

const program: Command = makeProgram(makeContext(processTerminal(), false));
const page = readFileSync(fileURLToPath(new URL("../../docs/cli.md", import.meta.url)), "utf8");
const commands = nodesOf(program).filter((node) => node.commands.length === 0);

/** Commands as the page writes them: what stands first in code of a table's first column. */
const written = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));

test.each(commands)("$path stands in docs/cli.md", ({ path }) => {
  expect(written.filter((code) => code === path || code.startsWith(`${path} `))).not.toEqual([]);
});

test("the page names no command and no option that is not there", () => {
  const wrong = written.flatMap((code) => {
    const found = commands.filter(({ path }) => code === path || code.startsWith(`${path} `));
    if (found.length === 0) return /^\d+$/.test(code) ? [] : [code];
    const flags = new Set(found.flatMap(({ options }) => options.flatMap((option) => option.flags)));
    const named = [...code.matchAll(/(?<=[\s[])--?[a-z][a-z-]*/g)].map(([flag]) => flag);
    return named.filter((flag) => !flags.has(flag)).map((flag) => `${code}: ${flag}`);
  });
  expect(written.length).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
});

/** Said by other means: files of the checkout hold the schemas, editors read them. */
const elsewhere = new Set(["getConfigurationSchema"]);

/** Calls of the API, and for each the sources of the folders of commands that make it. */
function callsWithSources(): { name: string; endpoint: Endpoint; sources: string }[] {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("testing"))
    .map((path) => ({ group: path.split("/")[0], text: readFileSync(`${folder}/${path}`, "utf8") }));
  return Object.entries(contract).flatMap(([name, value]) => {
    if (typeof value !== "object" || !("path" in value) || !String(value.path).startsWith("/api/")) return [];
    const groups = new Set(files.filter(({ text }) => wordIn(text, name)).map(({ group }) => group));
    const sources = files.filter(({ group }) => groups.has(group)).map(({ text }) => text);
    return [{ name, endpoint: value, sources: sources.join("\n") }];
  });
}

function wordIn(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

/** What a call may be given besides the names in its address. */
function membersOf({ query, body }: Endpoint): string[] {
  return [query, body].flatMap((schema) =>
    schema !== undefined && "shape" in schema ? Object.keys(schema.shape ?? {}) : [],
  );
}

test("whatever people can ask of the API, plumb can ask", () => {
  const calls = callsWithSources();
  expect(calls.length).toBeGreaterThan(60);
  const missing = calls.filter(({ name, sources }) => !elsewhere.has(name) && sources === "");
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test("whatever a call can be given, a command can give", () => {
  const paged = ["cursor", "limit"];
  const missing = callsWithSources().flatMap(({ name, endpoint, sources }) =>
    membersOf(endpoint)
      .filter((member) => !wordIn(sources, member) && !(paged.includes(member) && wordIn(sources, "loadPages")))
      .map((member) => `${name}.${member}`),
  );
  expect(missing).toEqual([]);
});

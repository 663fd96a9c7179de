import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { describe, expect, test } from "vitest";
import { catalogue } from "./errors.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = [
  "README.md",
  ...["docs", "examples", "deploy", "lab", "e2e", "bench"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
      .map((name) => join(folder, name)),
  ),
];
const read = (path: string) => readFileSync(join(root, path), "utf8");
const Package = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
const scriptsOf = (folder: string) => Package.parse(JSON.parse(read(join(folder, "package.json")))).scripts;

/** The anchor that a heading gets on a Git host. */
function anchor(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
  return words.trim().replaceAll(/\s/g, "-");
}

/** Targets of a page's links and pictures that are no addresses on the web. */
function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) =>
    target === undefined || /^[a-z]+:/.test(target) ? [] : [target],
  );
}

/** What is quoted of `npm run`: script, and workspace where one is named. */
function npmRunsOf(text: string): { script: string; workspace: string }[] {
  return [...text.matchAll(/npm run ([a-z:-]+)((?: [^`\n&|]*)?)/g)].map(([, script = "", rest = ""]) => ({
    script,
    workspace: /(?:-w|--workspace)[ =]([a-z0-9-]+)/.exec(rest)?.[1] ?? ".",
  }));
}

describe.each(pages)("%s", (page) => {
  const text = read(page);

  test("its links lead somewhere", () => {
    const broken = linksOf(text).filter((target) => {
      const [path = "", fragment] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      if (fragment === undefined) return false;
      const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchor(heading));
      return !headings.includes(fragment);
    });
    expect(broken).toEqual([]);
  });

  test("the commands it quotes exist", () => {
    const scripts = [...text.matchAll(/\.\/(script\/[A-Za-z0-9._-]*[A-Za-z0-9])/g)].map(([, path = ""]) => path);
    expect(scripts.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const programs = [...text.matchAll(/\bnode ([a-z0-9/._-]+\.ts)\b/g)].map(([, path = ""]) => path);
    expect(programs.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const missing = npmRunsOf(text).filter(({ script, workspace }) => scriptsOf(workspace)[script] === undefined);
    expect(missing).toEqual([]);
  });
});

test("the pages quote commands and links at all", () => {
  const all = pages.map(read).join("\n");
  expect(linksOf(all).length).toBeGreaterThan(5);
  expect(npmRunsOf(all).length).toBeGreaterThan(2);
});

test("docs/troubleshooting.md has every error code once, in the catalogue's order, with status, title, cause and next step", () => {
  const sections = read("docs/troubleshooting.md").split("\n## Codes\n")[1]?.split(/^### /m).slice(1) ?? [];
  const form = /^`([a-z_]+)`\n\nHTTP (\d+): (.+)\.\n\n- \*\*Cause\.\*\* (.+\.)\n- \*\*Next\.\*\* (.+\.)\n*$/;
  const listed = sections.map((section) => {
    const [, code, status, title] = form.exec(section) ?? [];
    return { code: code ?? section, status: Number(status), title };
  });
  expect(listed).toEqual(Object.entries(catalogue).map(([code, { status, title }]) => ({ code, status, title })));
});

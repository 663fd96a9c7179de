import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listPullRequests, listWorkspaces, problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import { makeContext } from "../command/context.ts";
import { makeProgram } from "../program.ts";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { pullRequest } from "../testing/fixtures.ts";
import { workspaceSummary } from "../testing/workspace-summary.ts";
import { processTerminal } from "../terminal/terminal.ts";
import { fishCompletion } from "./fish.ts";
import { nodesOf } from "./tree.ts";
import { zshCompletion } from "./zsh.ts";

const nodes = nodesOf(makeProgram(makeContext(processTerminal(), false)));

/** What bash proposes at the end of a line, with a plumb that knows the names in `names`. The words are as bash breaks them. */
async function bash(line: string[], names = ""): Promise<string[]> {
  const script = (await plumb(["completion", "bash"])).stdout;
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  writeFileSync(join(folder, "plumb"), `#!/bin/sh\n[ "$1 $2" = "completion names" ] && printf '${names}'\n`);
  chmodSync(join(folder, "plumb"), 0o700);
  writeFileSync(
    join(folder, "try.sh"),
    `${script}
COMP_LINE="$*"; COMP_LINE=\${COMP_LINE// = /=}; COMP_LINE=\${COMP_LINE// : /:}; COMP_POINT=\${#COMP_LINE}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _plumb 2>&1; printf '%s\\n' "\${COMPREPLY[@]}"\n`,
  );
  const found = execFileSync("bash", [join(folder, "try.sh"), join(folder, "plumb"), ...line], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return found.split("\n").filter((text) => text !== "");
}

test("bash completes commands, options and choices", async () => {
  expect(await bash(["pr"])).toEqual(["prs", "promote"]);
  expect(await bash(["prs", "w"])).toEqual(["watch", "withdraw"].filter((name) => namesIn("prs").includes(name)));
  expect(await bash(["prs", "list", "--st"])).toEqual(["--status"]);
  expect(await bash(["prs", "list", "--status", ""])).toEqual(["open", "merged", "closed"]);
  expect(await bash(["prs", "list", "--status", "open", "--m"])).toEqual(["--mine"]);
  expect(await bash(["prs", "list", "--limit", ""])).toEqual([]);
  expect(await bash(["completion", "names", "pu"])).toEqual(["pull-requests"]);
});

test("bash completes names of the server, and executes nothing of them", async () => {
  expect(await bash(["workspaces", "show", "da"], "database/prod\\tin sync\\nshop/prod\\tdrifted\\n")).toEqual([
    "database/prod",
  ]);
  expect(await bash(["destroy", "shop/prod", ""], "shop/dev\\nshop/prod\\n")).toEqual(["shop/dev", "shop/prod"]);
  expect(await bash(["prs", "show", "128", ""], "128\\n")).toEqual([]);
  expect(await bash(["runs", "list", "--workspace", ""], "$(touch x)\\n`id`\\na b\\n")).toEqual([
    "\\$\\(touch\\ x\\)",
    "\\`id\\`",
    "a\\ b",
  ]);
  expect(await bash(["workspaces", "show", ""], "")).toEqual([]);
});

test("bash completes behind = and :, where it breaks words itself", async () => {
  expect(await bash(["prs", "list", "--status", "=", "m"])).toEqual(["merged"]);
  expect(await bash(["runs", "list", "--environment", "=", "glo"], "globex/prod\\nprod\\n")).toEqual(["globex/prod"]);
  expect(
    await bash(["people", "grant", "ada", "approver", ":", "pr"], "approver\\napprover:prod\\noperator:prod\\n"),
  ).toEqual(["prod"]);
  expect(await bash(["people", "grant", "ada", "approver", ":", "prod", ""], "reader\\n")).toEqual(["reader"]);
});

test("every command and option is in each shell's completion", () => {
  const [zsh, fish] = [zshCompletion(nodes), fishCompletion(nodes)];
  expect(nodes.length).toBeGreaterThan(60);
  for (const { path, commands, options } of nodes) {
    expect(zsh).toContain(`  '${path}') `);
    for (const { name } of commands) expect(fish).toContain(`-n '__plumb_at \\'${path}\\'' -a '${name}' -d '`);
    for (const { flags } of options)
      for (const flag of flags)
        expect(fish).toMatch(flag.startsWith("--") ? new RegExp(` -l ${flag.slice(2)} `) : ` -s ${flag.slice(1)} `);
  }
  expect(fish).toContain(" -l status -x -a 'open merged closed' -d ");
  expect(fish).toContain(" -l output -r -F -d ");
  // Both read the tree by the same function as bash, which bash itself checks here.
  expect(spawnSync("bash", ["-n"], { input: zsh.slice(0, zsh.indexOf("_plumb_summaries()")) }).status).toBe(0);
});

function namesIn(path: string): string[] {
  return nodes.find((node) => node.path === path)?.commands.map(({ name }) => name) ?? [];
}

test("names come from the server with what they are; what could steer a shell is left out", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  api.answer(listPullRequests, () => ({
    items: [pullRequest({ title: "Open\tit\n" })],
    cursor: null,
  }));
  expect(await plumb(["completion", "names", "pull-requests"], { env })).toMatchObject({
    exitCode: 0,
    stdout: "128\tblocked: Open it \n",
  });
  api.answer(listWorkspaces, () => ({
    items: [workspaceSummary("shop/dev"), workspaceSummary("$(id)/dev")],
    cursor: null,
    total: 2,
    inSync: 2,
  }));
  expect((await plumb(["completion", "names", "workspaces"], { env })).stdout).toBe("shop/dev\tin sync\n");
  api.answer(listWorkspaces, () => {
    throw problem("internal", "No.");
  });
  expect(await plumb(["completion", "names", "workspaces"], { env })).toMatchObject({
    exitCode: 0,
    stdout: "",
    stderr: "",
  });
});

test("nobody signed in, no server: silently nothing", async () => {
  for (const [kind, env] of [
    ["workspaces", {}],
    ["workspaces", { PLUMBLINE_URL: "http://127.0.0.1:9", PLUMBLINE_TOKEN: "t" }],
  ] as const)
    expect(await plumb(["completion", "names", kind], { env })).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
});

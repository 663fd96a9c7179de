import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { problem, whoAmI } from "@plumbline/contract";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { makeContext } from "./command/context.ts";
import { makeProgram } from "./program.ts";
import { startFakeApi } from "./testing/fake-api.ts";
import { plumb } from "./testing/fake-terminal.ts";
import { me } from "./testing/fixtures.ts";
import { processTerminal } from "./terminal/terminal.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const token = { PLUMBLINE_TOKEN: "t" };

function leaves(command: Command, path: string[] = []): [string, Command][] {
  const inner = command.commands.filter((one) => one.name() !== "help");
  const name = [...path, command.name()];
  return inner.length === 0 ? [[name.join(" "), command]] : inner.flatMap((one) => leaves(one, name));
}

const commands = leaves(makeProgram(makeContext(processTerminal(), false)));

test.each(commands)("%s has a help with an example", async (name) => {
  const { exitCode, stdout } = await plumb([...name.split(" ").slice(1), "--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Examples:\n  ");
  expect(stdout).toContain(`Usage: ${name}`);
  // What the programs take is theirs.
  expect(stdout.includes("--json")).toBe(!/ (?:server|runner|backup|restore)$/.test(name));
});

test.each([
  [[], "Usage: plumb"],
  [["prs"], "Usage: plumb prs"],
  [["prs", "lst"], "Did you mean list?"],
  [["prs", "show"], "The argument <number> is missing."],
  [["prs", "show", "0"], "whole number from 1"],
  [["prs", "show", "1e3"], "whole number from 1"],
  [["prs", "list", "--status", "lost"], "Allowed choices are open, merged, closed"],
  [["prs", "list", "--status", "opne"], "--status cannot be “opne”. Did you mean open? Allowed"],
  [["state", "export", "a/b", "-o"], "The option -o, --output <file> has no value."],
  [["drift", "show", "1", "2"], "There are 2 arguments (1, 2), and one is expected."],
  [["variables", "set", "x"], "The option --environment <name> is missing."],
  [["audit", "--from", "yesterday"], "instant like"],
  [["promote", "prod", "--commit", "8c1f"], "not a full commit id"],
  [["prs", "approve", "1", "--yes", "--digest", "x"], "network/prod=DIGEST"],
  [["login", "http://127.0.0.1:1"], "--token-stdin"],
  [["validate", "/nonexistent"], "is not a folder"],
  [["scan", "/nonexistent"], "There is no /nonexistent"],
  [["scan", ".", "--format", "pdf"], "Allowed choices are text, json, sarif"],
  [["scanners", "hash", "/nonexistent"], "There is no /nonexistent"],
  [["help", "prs", "lst"], "There is no command prs lst. Did you mean list?"],
  [["completion", "names", "toString"], "Allowed choices are workspaces"],
])("wrong usage %j ends with 2 and says what to write", async (args, reason) => {
  const text = await plumb(args, { env: { ...token, PLUMBLINE_URL: "http://127.0.0.1:1" } });
  expect(text).toMatchObject({ exitCode: 2, stdout: "" });
  expect(text.stderr).toContain(reason);
});

test("the help that is named is the one of the command that was meant", async () => {
  const nextOf = async (...args: string[]) => (await plumb(args)).stderr.split("Next: ")[1];
  expect(await nextOf("prs", "list", "--statsu", "open")).toBe("plumb prs list --help says how it is used.\n");
  expect(await nextOf("state", "pull")).toBe("plumb state export --help says how it is used.\n");
  expect(await nextOf("prz")).toBe("plumb --help says how it is used.\n");
  const titleOf = async (...args: string[]) => (await plumb(args)).stderr.split("\n")[0];
  expect(await titleOf("prz")).toBe("plumb: There is no command prz. Did you mean prs?");
  expect(await titleOf("prs", "show", "abc")).toBe("plumb: <number> cannot be “abc”. It is a whole number from 1.");
  expect((await plumb(["help", "prs", "list"])).stdout).toContain("Usage: plumb prs list");
});

test("what commander says is told in whole sentences", async () => {
  const saying = async (...args: string[]) => (await plumb(args)).stderr.split("\n")[0];
  expect(await saying("prs", "list", "--foo")).toBe("plumb: There is no option --foo.");
  expect(await saying("prs", "show")).toBe("plumb: The argument <number> is missing.");
  expect(await saying("prs", "show", "x")).toBe("plumb: <number> cannot be “x”. It is a whole number from 1.");
});

test("a secret that is empty is named", async () => {
  const { stderr } = await plumb(["channels", "create", "ops", "--kind", "slack", "--event", "held"], {
    env: { ...token, PLUMBLINE_URL: "http://127.0.0.1:1" },
    stdin: "",
  });
  expect(stderr).toContain("It is empty: URL of the webhook.");
});

test("wrong usage is JSON with --json", async () => {
  const { stderr, exitCode } = await plumb(["prs", "show", "x", "--json"]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({
    code: "invalid_request",
    detail: expect.stringContaining("whole number"),
  });
});

test("without token it ends with 3 and says how to sign in", async () => {
  const { exitCode, stderr } = await plumb(["whoami"]);
  expect(exitCode).toBe(3);
  expect(stderr).toBe(`plumb: Sign in first
  No server is known here.
  Next: Run plumb login URL, or set PLUMBLINE_URL and PLUMBLINE_TOKEN.
`);
});

test("a server that is not there gives 4", async () => {
  const { exitCode, stderr } = await plumb(["whoami", "--json"], {
    env: { ...token, PLUMBLINE_URL: "http://127.0.0.1:9" },
  });
  expect(exitCode).toBe(4);
  expect(JSON.parse(stderr)).toMatchObject({
    code: "unavailable",
    detail: expect.stringContaining("127.0.0.1:9"),
  });
});

test("a rule that is not there ends with 6, and one that is like it is proposed", async () => {
  const { exitCode, stderr } = await plumb(["rules", "show", "aws-rds-publik"]);
  expect(exitCode).toBe(6);
  expect(stderr).toContain("Did you mean aws-rds-public");
});

test.each([
  ["invalid_request", 2],
  ["not_signed_in", 3],
  ["unavailable", 4],
  ["not_allowed", 5],
  ["not_found", 6],
  ["merge_refused", 1],
  ["internal", 1],
] as const)("a problem %s of the server ends with %i", async (code, exitCode) => {
  await using api = await startFakeApi();
  api.answer(whoAmI, () => {
    throw problem(code, "What and where.", { next: "What to do." });
  });
  const text = await plumb(["whoami"], { env: { ...token, PLUMBLINE_URL: api.url } });
  expect(text.exitCode).toBe(exitCode);
  expect(text.stderr).toContain(
    `  What and where.\n  Request request-1\n  Next: What to do.\n  More: ${api.url}/docs/troubleshooting#${code}\n`,
  );
});

test("an error's words cannot steer the terminal", async () => {
  await using api = await startFakeApi();
  api.answer(whoAmI, () => {
    throw problem("not_allowed", "\u001B[2Jevil\nNext: forged");
  });
  const { stderr } = await plumb(["whoami"], { env: { ...token, PLUMBLINE_URL: api.url } });
  expect(stderr).not.toContain("\u001B");
  expect(stderr).toContain("  \uFFFD[2Jevil\n    Next: forged\n");
});

test("what is no Plumbline is told as such, and a redirect gets no token", async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    if (request.url === "/elsewhere") return void response.end("{}");
    response.writeHead(302, { location: "/elsewhere", "content-type": "text/html" }).end("<html>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { exitCode, stderr } = await plumb(["whoami"], {
    env: { ...token, PLUMBLINE_URL: `http://127.0.0.1:${port}` },
  });
  server.close();
  expect(exitCode).toBe(6);
  expect(stderr).toContain("answered HTTP 302 (text/html), which points to /elsewhere: that is not Plumbline's API");
  expect(asked).toEqual(["Bearer t"]);
});

test("who I am", async () => {
  await using api = await startFakeApi();
  api.answer(whoAmI, () => me);
  const { stdout } = await plumb(["whoami"], { env: { ...token, PLUMBLINE_URL: api.url } });
  expect(stdout).toBe(`name          dev (Dee Veloper)
organization  acme
e-mail        dev@acme.example
roles         reader, proposer (prod)
server        ${api.url}
`);
});

test("the program starts, and ends with its exit code", () => {
  const version = spawnSync(process.execPath, [main, "--version"], { encoding: "utf8" });
  expect(version).toMatchObject({ status: 0, stderr: "" });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const wrong = spawnSync(process.execPath, [main, "prs", "lst"], { encoding: "utf8" });
  expect(wrong.status).toBe(2);
});

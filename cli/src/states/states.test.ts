import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diffStates, downloadState, importState, listStateVersions, problem } from "@plumbline/contract";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import type { FakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { pullRequest } from "../testing/fixtures.ts";

let api: FakeApi;
let folder = "";
beforeEach(async () => {
  api = await startFakeApi();
  folder = mkdtempSync(join(tmpdir(), "plumb-"));
  api.answer(downloadState, ({ params, query }) => {
    if (params.workspace !== "database/prod") throw problem("not_found", "There is no such workspace.");
    return query.version === 2 ? state : "{}";
  });
});
afterEach(async () => {
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
const env = () => ({ PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" });
const run = (...args: string[]) => plumb(args, { env: env() });

const state = JSON.stringify({
  version: 4,
  serial: 7,
  lineage: "l1",
  terraform_version: "1.11.0",
  outputs: { endpoint: { value: "hidden-value" } },
  resources: [
    {
      module: "module.main",
      mode: "managed",
      type: "lab_database",
      name: "this",
      instances: [{ index_key: "a\u001B", attributes: { password: "hidden-value" } }, { deposed: "0badc0de" }],
    },
    { mode: "data", type: "lab_network", name: "main", instances: [{}] },
  ],
});

test("show names resources and never a value", async () => {
  const { stdout } = await run("state", "show", "database/prod", "--version", "2");
  expect(stdout).toBe(`database/prod: serial 7, lineage l1
  module.main.lab_database.this["a\\u001b"]
  module.main.lab_database.this (deposed 0badc0de)
  data.lab_network.main
3 resources
Outputs: endpoint
`);
  expect((await run("state", "show", "database/prod", "--version", "2", "--json")).stdout).not.toContain(
    "hidden-value",
  );
  expect((await run("state", "show", "database/prod")).exitCode).toBe(1);
});

test("export gives the bytes as they are, or writes a file for its owner alone", async () => {
  expect((await run("state", "export", "database/prod", "--version", "2")).stdout).toBe(state);
  const path = join(folder, "x.tfstate");
  const args = ["state", "export", "database/prod", "--version", "2", "-o", path];
  expect(await run(...args)).toMatchObject({ exitCode: 0, stdout: "" });
  expect(readFileSync(path, "utf8")).toBe(state);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await run(...args)).exitCode).toBe(2);
});

test("export, which pull is another name of, onto a terminal cannot steer it", async () => {
  api.answer(downloadState, () => "{\u001B[2J\u009B}");
  const { stdout } = await plumb(["state", "pull", "database/prod"], {
    env: env(),
    isTerminal: true,
  });
  expect(stdout).toBe("{\uFFFD[2J\uFFFD}\n");
});

test("versions are listed, two are compared", async () => {
  api.answer(listStateVersions, () => ({
    items: [
      {
        version: 2,
        serial: 7,
        lineage: "l1",
        size: 2048,
        resources: 3,
        sha256: "ab".repeat(32),
        run: 12,
        pullRequest: 128,
        createdAt: "2026-11-22T07:00:00.000Z",
      },
    ],
    cursor: null,
  }));
  expect((await run("state", "list", "database/prod")).stdout).toContain(
    `2       7          3  2.0 kB  12   #128  2026-11-22 07:00:00Z  ${"ab".repeat(32)}`,
  );
  api.answer(diffStates, ({ query }) => ({
    from: query.from,
    to: query.to,
    resources: [
      {
        address: "lab_database.main",
        action: "changed" as const,
        attributes: [
          { path: "public", before: "false", after: "true", sensitive: false },
          { path: "password", before: null, after: null, sensitive: true },
        ],
      },
    ],
  }));
  expect((await run("state", "diff", "database/prod", "0", "2")).stdout).toBe(`! lab_database.main changed
!     public = false -> true
!     password = (sensitive value)
`);
});

test("import sends the file or stdin as it is, and says which pull request it opened", async () => {
  const received: unknown[] = [];
  api.answer(importState, ({ params, query, file, headers }) => {
    received.push({ ...params, ...query, file, type: headers["content-type"] });
    return pullRequest({ number: 7, purpose: "import", title: "Take over the state of network/prod" });
  });
  const path = join(folder, "network.tfstate");
  const odd = `${state}\n`;
  writeFileSync(path, odd);
  const { stdout, exitCode } = await run("state", "import", "network/prod", path, "--ticket", "OPS-1");
  expect([exitCode, stdout.split("\n")[0]]).toEqual([0, "Opened: #7 Take over the state of network/prod"]);
  expect(stdout).toContain("plumb prs watch 7");
  const piped = await plumb(["state", "import", "network/prod", "-", "--json"], { env: env(), stdin: odd });
  expect(JSON.parse(piped.stdout)).toMatchObject({ number: 7, purpose: "import" });
  expect(received).toEqual([
    { workspace: "network/prod", ticket: "OPS-1", file: odd, type: "application/json" },
    { workspace: "network/prod", file: odd, type: "application/json" },
  ]);
});

test("a file that cannot be read, a terminal instead of a pipe, and the server's refusal say what to do", async () => {
  const missing = await run("state", "import", "network/prod", join(folder, "none"));
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining("Name a file that you may read")]);
  const typed = await plumb(["state", "import", "network/prod", "-"], { env: env(), typed: "" });
  expect([typed.exitCode, typed.stderr]).toEqual([2, expect.stringContaining("terraform state pull |")]);
  api.answer(importState, () => {
    throw problem("state_file_wrong", "This is a saved plan (terraform plan -out), not a state.");
  });
  const path = join(folder, "plan");
  writeFileSync(path, "PK");
  const refused = await run("state", "import", "network/prod", path);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("This is a saved plan");
  expect(refused.stderr).toContain("state pull");
});

test("a file that the server hangs up on is most likely too large, and is told as that", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.resetAndDestroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const path = join(folder, "large");
  writeFileSync(path, Buffer.alloc(8 * 1_048_576, "a"));
  const url = `http://127.0.0.1:${port}`;
  const { exitCode, stderr } = await plumb(["state", "import", "network/prod", path], {
    env: { PLUMBLINE_URL: url, PLUMBLINE_TOKEN: "t" },
  });
  server.close();
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${url} hung up while 8.0 MiB were sent: most likely it accepts less.`);
  expect(stderr).toContain("state.maxBytes");
});

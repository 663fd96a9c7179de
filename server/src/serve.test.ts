import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "plumbline-serve-"));
chmodSync(folder, 0o755);
// Somebody's folder: a package of ours would take this for its configuration and end.
writeFileSync(join(folder, "package.json"), JSON.stringify({ "graphile-worker": { schema: "other" } }));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

/** The server as a process of its own, as an installation starts it, called in `folder`. */
function start(config: object, args: string[] = []) {
  const file = "server.json";
  writeFileSync(join(folder, file), JSON.stringify({ listen: { port: 0 }, dataDir: join(folder, "data"), ...config }));
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "--config", file, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const errors: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => errors.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("\n")) resolve(output);
    });
    void ended.then(() => reject(new Error(errors.join(""))));
  });
  ready.catch(() => undefined);
  return { ready, ended, errors: () => errors.join(""), stop: () => child.kill("SIGTERM") };
}

test("a first start prints the set-up secret; whoever has it sets up; later starts print none", async () => {
  const secretFile = join(folder, "data", "set-up-secret");
  const first = start({});
  const printed = await first.ready;
  const url = /ready: (\S+)/.exec(printed)?.[1] ?? "";
  const secret = /^ {4}(\S+)$/m.exec(printed)?.[1] ?? "";
  expect(readFileSync(secretFile, "utf8")).toBe(`${secret}\n`);
  expect(first.errors()).not.toContain(secret);
  const answered = await fetch(`${url}/api/v1/set-up`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      secret,
      organization: "acme",
      administrator: { name: "paula", displayName: "Paula", email: "p@acme.example", password: "a long password" },
      rootKeyKept: true,
    }),
  });
  expect(await answered.json()).toMatchObject({ organization: "acme", name: "paula" });
  first.stop();
  expect(await first.ended).toBe(0);
  expect(existsSync(secretFile)).toBe(false);

  const second = start({}, ["--json"]);
  expect(JSON.parse(await second.ready)).toEqual({ url: expect.stringContaining("http://127.0.0.1:") });
  second.stop();
  await second.ended;

  const key = join(folder, "other.key");
  writeFileSync(key, Buffer.alloc(32, 9), { mode: 0o600 });
  const stranger = start({ rootKey: { file: key } });
  expect(await stranger.ended).toBe(78);
  expect(stranger.errors()).toContain("but this database is sealed with the root key");
});

test("a typo in the configuration ends the start with what was probably meant, before anything is made", async () => {
  const mistaken = start({ dataDir: join(folder, "never"), databse: {} });
  expect(await mistaken.ended).toBe(78);
  expect(mistaken.errors()).toContain('there is no key "databse". Did you mean "database"?');
  expect(existsSync(join(folder, "never"))).toBe(false);
});

test("a wrong argument ends the start with what is wrong and how it is started", async () => {
  const mistaken = start({}, ["--halp"]);
  expect(await mistaken.ended).toBe(78);
  expect(mistaken.errors()).toMatch(/^Unknown option '--halp'.*\n\nThe server of Plumbline\.\n/);
});

test("a database that is gone ends the start with 1: trying again may help", async () => {
  const alone = start({ dataDir: join(folder, "alone"), database: { url: "postgres://p:secret@127.0.0.1:1/p" } });
  expect(await alone.ended).toBe(1);
  expect(alone.errors()).toContain("Nothing listens at 127.0.0.1:1.");
  expect(alone.errors()).not.toContain("secret");
  expect(existsSync(join(folder, "alone"))).toBe(false);
});

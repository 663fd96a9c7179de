import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AccountKey } from "./account-keys.ts";
import { DataFile } from "./data-file.ts";

const MAIN = join(dirname(fileURLToPath(import.meta.url)), "../main.ts");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lab-data-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(data: string) {
  const child = spawn(process.execPath, [MAIN, "--data", data, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
  );
  const { url, keys } = JSON.parse(line) as { url: string; keys: AccountKey[] };
  const token = keys.find(({ name }) => name === "write-dev")?.token ?? "";
  const headers = { authorization: `Bearer ${token}` };
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { child, url: `${url}/api/v1/bucket`, headers, token, ended };
}

describe("the data file", () => {
  it("holds everything that was answered, when the cloud is killed", async () => {
    const data = join(folder, "killed");
    const first = await start(data);
    let answered = 0;
    const writing = (async () => {
      for (let number = 0; ; number += 1) {
        const body = JSON.stringify({ name: `bucket-${number}` });
        const response = await fetch(first.url, { method: "POST", headers: first.headers, body });
        if (response.status === 201) answered += 1;
        if (answered === 20) first.child.kill("SIGKILL");
      }
    })().catch(() => undefined);
    await first.ended;
    await writing;
    const second = await start(data);
    expect(second.token).toBe(first.token);
    const { items } = (await (await fetch(second.url, { headers: second.headers })).json()) as { items: unknown[] };
    expect(items.length).toBeGreaterThanOrEqual(answered);
    expect(answered).toBeGreaterThanOrEqual(20);
    second.child.kill("SIGTERM");
    expect(await second.ended).toBe(0);
  });

  it("is not opened when it is something else", async () => {
    const path = join(folder, "other.json");
    await writeFile(path, '{"resources": ');
    expect(() => new DataFile(path)).toThrow("cannot be read as the lab cloud's data");
    await writeFile(path, "[]");
    expect(() => new DataFile(path)).toThrow("is not the lab cloud's data");
  });

  it("says clearly when the port is taken", async () => {
    const first = await start(join(folder, "first"));
    const port = new URL(first.url).port;
    const second = spawn(process.execPath, [MAIN, "--data", join(folder, "second"), "--port", port], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let message = "";
    second.stderr.on("data", (chunk: Buffer) => (message += chunk.toString()));
    expect(await new Promise((resolve) => second.once("close", resolve))).toBe(1);
    expect(message).toContain("The port is taken; choose another with --port.");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(0);
  });
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it, vi } from "vitest";
import { processStarter } from "./process-starter.ts";
import { errorsOf, inputOf, outputOf, type ProcessOrder } from "./running-process.ts";
import { startHere } from "./start-here.ts";

const starter = processStarter();
afterAll(() => starter.stop());

const pipes = ["pipe", "pipe", "pipe"] as const;
const sh = (script: string, more: Partial<ProcessOrder> = {}): ProcessOrder => ({
  program: "/bin/sh",
  args: ["-c", script],
  cwd: "/",
  env: { PATH: "/usr/bin:/bin" },
  stdio: pipes,
  ...more,
});

describe.each([
  ["here", startHere],
  ["by the starter", starter.start],
])("a process started %s", (_name, start) => {
  it("gets its input, folder and environment and nothing else, and answers on both outputs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "process-"));
    const order = sh('cat; echo "$WORD in $PWD" >&2; env >&2; exit 3', { cwd: folder, env: { WORD: "a\nb" } });
    const child = await start(order);
    inputOf(child).end("input");
    const [output, errors, code] = await Promise.all([text(outputOf(child)), text(errorsOf(child)), child.closed]);
    expect(output).toBe("input");
    expect(errors).toContain(`a\nb in ${folder}`);
    expect(errors).not.toContain("HOME=");
    expect(code).toBe(3);
    rmSync(folder, { recursive: true });
  });

  it("passes on much in both directions, as slowly as it is read", async () => {
    const child = await start(sh("cat"));
    const bytes = Buffer.alloc(20_000_000, "0123456789");
    inputOf(child).end(bytes);
    await sleep(50);
    let size = 0;
    for await (const piece of outputOf(child)) size += (piece as Buffer).length;
    errorsOf(child).resume();
    expect([size, await child.closed]).toEqual([bytes.length, 0]);
  });

  it("says at once what it says before it ends", async () => {
    const child = await start(sh("echo one; read word; echo two $word", { stdio: ["pipe", "pipe", "ignore"] }));
    const output = outputOf(child).setEncoding("utf8");
    const first = await new Promise((resolve) => output.once("data", resolve));
    expect(first).toBe("one\n");
    inputOf(child).write("three\n");
    const second = await new Promise((resolve) => output.once("data", resolve));
    expect(second).toBe("two three\n");
    expect(await child.closed).toBe(0);
  });

  it("may end before it has read its input", async () => {
    const child = await start(sh("exec true"));
    const input = inputOf(child).on("error", () => undefined);
    input.end(Buffer.alloc(5_000_000));
    expect([await text(outputOf(child)), await text(errorsOf(child))]).toEqual(["", ""]);
    expect(await child.closed).toBe(0);
  });

  it("is ended by a signal", async () => {
    const child = await start(sh("exec sleep 60", { stdio: ["ignore", "pipe", "ignore"] }));
    child.kill("SIGKILL");
    outputOf(child).resume();
    expect(await child.closed).toBeNull();
  });

  it("is refused where there is no such program", async () => {
    const started = start(sh("", { program: "/nonexistent" })).then(({ closed }) => closed);
    await expect(started).rejects.toThrow("ENOENT");
  });

  it("is one of many at once", async () => {
    const codes = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const child = await start(sh(`cat; exit ${index}`, { stdio: ["pipe", "pipe", "ignore"] }));
        inputOf(child).end(`${index}`);
        return [await text(outputOf(child)), await child.closed];
      }),
    );
    expect(codes).toEqual(Array.from({ length: 30 }, (_, index) => [`${index}`, index]));
  });
});

describe("the starter", () => {
  it("is started again after it ended, and leaves nothing behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "starter-"));
    vi.stubEnv("TMPDIR", folder);
    const own = processStarter();
    const echo = async () => {
      const child = await own.start(sh("echo $PPID", { stdio: ["ignore", "pipe", "ignore"] }));
      return Number(await text(outputOf(child)));
    };
    const first = await echo();
    process.kill(first, "SIGKILL");
    await expect.poll(echo).not.toBe(first);
    own.stop();
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it("tells those who wait when it ends", async () => {
    const own = processStarter();
    const child = await own.start(sh("echo $PPID; exec sleep 60", { stdio: ["ignore", "pipe", "ignore"] }));
    const line = await new Promise((resolve) => outputOf(child).setEncoding("utf8").once("data", resolve));
    process.kill(Number(line), "SIGKILL");
    await expect(child.closed).rejects.toThrow("has ended");
    own.stop();
  });
});

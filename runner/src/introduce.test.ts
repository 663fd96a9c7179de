import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { installFakeEngine } from "@plumbline/engine/fake/install";
import { expect, onTestFinished, test } from "vitest";
import { clockWatch, describeSkew } from "./jobs/clock-skew.ts";
import { mirrorFolder } from "./start.ts";
import { findProgram } from "./sandbox/find-program.ts";
import { adviseOnUserNamespaces } from "./sandbox/user-namespaces.ts";
import { removeFolder, startRunner, temporaryFolder, until } from "./testing/test-runner.ts";
import type { TestRunner } from "./testing/test-runner.ts";
import { nextStep } from "./introduce.ts";

interface Answering {
  url: string;
  answer: (response: ServerResponse) => void;
}

/** A server that gives every call the same answer; who claims is let wait a moment. */
async function server(answer: Answering["answer"]): Promise<Answering> {
  const answering: Answering = { url: "", answer };
  const listener = createServer((request, response) => {
    setTimeout(() => answering.answer(response), request.url === "/api/runner/claim" ? 300 : 0);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void listener.close());
  const address = listener.address();
  answering.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return answering;
}

const idle = (response: ServerResponse) => response.end(JSON.stringify({ runs: [] }));
const refuse = (response: ServerResponse) => response.writeHead(401).end('{"code":"not_signed_in"}');

function runnerOf(url: string): TestRunner {
  const folder = temporaryFolder();
  installFakeEngine(join(folder, "terraform"), {});
  const runner = startRunner(folder, {
    server: url,
    engines: [{ name: "terraform", path: join(folder, "terraform") }],
  });
  onTestFinished(async () => {
    runner.process.kill("SIGKILL");
    await runner.ended;
    removeFolder(folder);
  });
  return runner;
}

test("a runner whose token was revoked ends at once, and says what to do", async () => {
  const { url } = await server(refuse);
  const runner = runnerOf(url);
  expect(await runner.ended).toBe(78);
  expect(runner.log()).toContain(
    "The server does not take this runner: The server does not accept this runner's token",
  );
  expect(runner.log()).toContain("plumb runners register NAME");
  expect(runner.log()).not.toContain("runner-token");
});

test("a runner whose token is revoked while it idles ends, too", async () => {
  const answering = await server((response) => response.writeHead(503).end());
  const runner = runnerOf(answering.url);
  await runner.ready; // a server that is away is waited for
  expect(runner.log()).toContain("the server does not answer; it is tried again");
  answering.answer = refuse;
  expect(await runner.ended).toBe(78);
  expect(runner.log()).toContain("revoked");
});

test("a clock that is far off is refused, one that is off is told", async () => {
  const at = (milliseconds: number) => new Date(Date.now() + milliseconds).toUTCString();
  const far = await server((response) => idle(response.setHeader("date", at(-905_000))));
  const refused = runnerOf(far.url);
  expect(await refused.ended).toBe(78);
  expect(refused.log()).toMatch(/The clock of this machine is 15 min \d+ s ahead of the server's\.\nSet it/);

  const near = await server((response) => idle(response.setHeader("date", at(60_000))));
  const told = runnerOf(near.url);
  await told.ready;
  await until(
    () => told.log().includes("behind the server's"),
    () => told.log(),
  );
  expect(told.log()).toContain("timedatectl set-ntp true");
});

test("a mirror that is not there is a mistake in the configuration", () => {
  expect(() => mirrorFolder("/nonexistent/providers")).toThrow(
    expect.objectContaining({
      code: "config_invalid",
      message: expect.stringContaining("mirrors: there is no folder /nonexistent/providers"),
      next: expect.stringContaining("directRegistry"),
    }),
  );
});

test("of a server that cannot be reached it is told what to do", () => {
  const from = (code: string) => nextStep(Object.assign(new Error("no"), { code }));
  expect(from("SELF_SIGNED_CERT_IN_CHAIN")).toContain("serverCertificateAuthority");
  expect(from("ENOTFOUND")).toContain('correct "server"');
  expect(nextStep(new Error("socket hang up"))).toContain("whether the server runs");
});

test("clocks are compared with each answer, and told once an hour", () => {
  const told: number[] = [];
  const now = Date.parse("2026-01-01T12:00:00Z");
  const watch = clockWatch(
    (skew) => told.push(skew),
    () => now,
  );
  watch.heard(undefined);
  watch.heard("not a date");
  watch.heard("Thu, 01 Jan 2026 11:59:50 GMT");
  expect([watch.skew(), told]).toEqual([10, []]);
  watch.heard("Thu, 01 Jan 2026 12:02:05 GMT");
  watch.heard("Thu, 01 Jan 2026 12:02:05 GMT");
  expect([watch.skew(), told]).toEqual([-125, [-125]]);
  expect(describeSkew(-125)).toBe("2 min 5 s behind the server's");
});

test("without user namespaces it does not start, and nothing is there that was not before", () => {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  installFakeEngine(join(folder, "terraform"), {});
  const config = join(folder, "runner.yaml");
  writeFileSync(
    config,
    JSON.stringify({
      server: "http://127.0.0.1:9",
      token: "t",
      dataDirectory: join(folder, "d"),
      engines: [{ name: "terraform", path: join(folder, "terraform") }],
    }),
  );
  // a sandbox in which nobody may make another one: what a kernel that forbids them does
  const around = ["--unshare-user", "--disable-userns", "--dev-bind", "/", "/", "--proc", "/proc", "--"];
  const main = join(import.meta.dirname, "main.ts");
  const ended = spawnSync(findProgram("bwrap") ?? "", [...around, process.execPath, main, config], {
    encoding: "utf8",
  });
  expect(ended.stderr).toContain(
    "The sandbox does not work on this machine: bubblewrap does not work on this machine:",
  );
  expect(ended.status).toBe(78);
  expect(existsSync(join(folder, "d", "runs"))).toBe(false);
});

test("a data directory in which nothing can be written is named, and the runner is not started again by itself", () => {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  const config = join(folder, "runner.json");
  const dataDirectory = join(config, "d");
  writeFileSync(config, JSON.stringify({ server: "http://127.0.0.1:9", token: "t", dataDirectory }));
  const ended = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), config], { encoding: "utf8" });
  expect(ended.stderr).toContain(`dataDirectory: in ${dataDirectory} nothing can be written (ENOTDIR).`);
  expect(ended.stderr).not.toContain("    at ");
  expect(ended.status).toBe(78);
});

test("what forbids user namespaces is named with the setting that allows them", () => {
  const machine = (files: Record<string, string>) => adviseOnUserNamespaces((file) => files[file]);
  expect(machine({ "/proc/sys/kernel/unprivileged_userns_clone": "0\n" })).toContain(
    "echo kernel.unprivileged_userns_clone=1 > /etc/sysctl.d/60-plumbline.conf",
  );
  expect(machine({ "/proc/sys/user/max_user_namespaces": "0\n" })).toContain("user.max_user_namespaces=15000");
  expect(machine({ "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": "1\n" })).toContain("AppArmor");
  expect(machine({ "/.dockerenv": "" })).toContain("deploy/container/compose.yaml");
  expect(machine({ "/run/.containerenv": "" })).toContain("a new /proc");
  expect(machine({ "/proc/sys/user/max_user_namespaces": "96365\n" })).toBeUndefined();
});

test("a runner's arguments: help, and what is no file", () => {
  const called = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], { encoding: "utf8" });
  expect(called("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("main.ts [FILE]") });
  const wrong = called("--config", "runner.yaml");
  expect(wrong).toMatchObject({ status: 78, stderr: expect.stringContaining("Unknown option '--config'") });
  expect(wrong.stderr).toContain("main.ts [FILE]");
});

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSavedPlan } from "../plans/saved-plan.ts";
import { readVersion } from "../terraform/commands.ts";
import { readUiLine } from "../terraform/ui-stream.ts";
import { installFakeEngine } from "./install.ts";

const folder = mkdtempSync(join(tmpdir(), "fake-engine-"));
const engine = join(folder, "terraform");
const options = { cwd: folder, env: { PATH: dirname(process.execPath) }, encoding: "utf8" as const };

afterAll(() => rmSync(folder, { recursive: true }));

describe("the fake engine", () => {
  it("says its version, plans into a file that reads as a plan, and shows it", () => {
    installFakeEngine(engine, { version: "1.2.3", resources: ["a.b"], planJson: { format_version: "1.2" } });
    expect(readVersion(execFileSync(engine, ["version", "-json"], options))).toBe("1.2.3");
    const printed = execFileSync(engine, ["plan", "-out=p"], options).trim().split("\n").map(readUiLine);
    expect(printed.map((event) => event?.type)).toEqual(["planned_change", "change_summary"]);
    expect(readSavedPlan(readFileSync(join(folder, "p"))).modules).toMatchObject([{ key: "", directory: "." }]);
    expect(execFileSync(engine, ["show", "-json", "p"], options)).toBe('{"format_version":"1.2"}\n');
  });

  it("fails, crashes and hangs as told, and ends by SIGINT", async () => {
    installFakeEngine(engine, {
      init: { exit: 3 },
      plan: { hang: true, lines: ["waiting"] },
      show: { dieBy: "SIGKILL" },
    });
    expect(() => execFileSync(engine, ["init"], options)).toThrow(expect.objectContaining({ status: 3 }));
    expect(() => execFileSync(engine, ["show"], options)).toThrow(expect.objectContaining({ signal: "SIGKILL" }));
    const hanging = spawn(engine, ["plan"], { cwd: folder, env: options.env });
    hanging.stdout.once("data", () => hanging.kill("SIGINT"));
    const code = await new Promise((resolve) => hanging.on("exit", resolve));
    expect(code).toBe(1);
  });
});

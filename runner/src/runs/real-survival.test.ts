import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunFixture, startFixture, terraform, textOf } from "../testing/run-fixture.ts";
import { until } from "../testing/test-runner.ts";
import { type TestRun, testRun } from "../testing/test-server.ts";

const slow = (name: string, seconds: number) =>
  `resource "terraform_data" "${name}" {\n  provisioner "local-exec" {\n    command = "sleep ${seconds}"\n  }\n}\n`;
const filesOf = (seconds: number) => ({
  "components/network/main.tf": `${slow("a", seconds)}${slow("b", seconds)}resource "terraform_data" "c" {\n  input = [terraform_data.a.id, terraform_data.b.id]\n}\n`,
});

function applyRun(seconds: number): TestRun {
  const apply = { mode: "replan" as const, planSha256: null };
  const run = testRun(filesOf(seconds), { kind: "apply", state: "write", apply, leaseSeconds: 4 });
  run.decision = "apply";
  return run;
}

describe.skipIf(terraform === undefined)("an apply by the real terraform", () => {
  let fixture: RunFixture;
  beforeAll(async () => {
    fixture = await startFixture("terraform");
  });
  afterAll(() => fixture.stop());

  const begin = async (seconds = 1) => {
    fixture.server.states.length = 0;
    const run = applyRun(seconds);
    fixture.server.add(run);
    await until(
      () => textOf(run).includes('"apply_start"'),
      () => fixture.runner.log() + textOf(run),
    );
    const [name = ""] = readdirSync(join(fixture.folder, "d", "runs"));
    return { run, folder: join(fixture.folder, "d", "runs", name) };
  };
  const resourcesOf = (state: string | undefined) => {
    const parsed: { resources: { name: string }[] } = JSON.parse(state ?? "");
    return parsed.resources.map(({ name }) => name);
  };

  it("ends whole when the runner is killed, and is reported by the next one", async () => {
    const { run, folder } = await begin();
    fixture.runner.process.kill("SIGKILL");
    await fixture.runner.ended;
    // all is made; the engine waits for its backend now
    const journal = () => readFileSync(join(folder, "journal.ndjson"), "utf8");
    await until(() => journal().match(/"apply_complete"/g)?.length === 3, journal);
    await fixture.restart();
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish).toEqual({ outcome: "finished", error: null });
    expect(resourcesOf(fixture.server.states.at(-1))).toEqual(["a", "b", "c"]);
    await until(
      () => !existsSync(folder),
      () =>
        `the run's folder is left:\n${readdirSync(folder, { recursive: true }).slice(0, 60).join("\n")}\n${fixture.runner.log()}`,
    );
  });

  it("keeps what was done when it is canceled", async () => {
    const { run, folder } = await begin(4);
    run.cancel = true;
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish?.outcome).toBe("canceled");
    expect(resourcesOf(fixture.server.states.at(-1))).not.toContain("c");
    expect(fixture.server.lock).toBeUndefined();
    await until(
      () => !existsSync(folder),
      () =>
        `the run's folder is left:\n${readdirSync(folder, { recursive: true }).slice(0, 60).join("\n")}\n${fixture.runner.log()}`,
    );
  });

  it("leaves its state to be rescued when its supervisor is killed", async () => {
    const { run, folder } = await begin();
    const supervisor: { pid: number } = JSON.parse(readFileSync(join(folder, "supervisor.json"), "utf8"));
    process.kill(supervisor.pid, "SIGKILL");
    await until(
      () => !existsSync(folder),
      () => fixture.runner.log() + textOf(run),
      50,
    );
    expect(run.finish).toBeUndefined();
    expect(resourcesOf(run.erroredState?.toString())).toEqual(["a", "b", "c"]);
    expect(textOf(run).match(/"apply_complete"/g)).toHaveLength(3);
  });
});

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { isAlive, type ProcessIdentity } from "../supervisor/process-tree.ts";
import { type RunFixture, startFixture, textOf } from "../testing/run-fixture.ts";
import { until } from "../testing/test-runner.ts";
import { type TestRun, testRun } from "../testing/test-server.ts";

const files = { "components/network/main.tf": "# the fake engine reads nothing\n" };
const resources = ["lab_a.x", "lab_b.x", "lab_c.x", "lab_d.x"];

/** The fake engine's plan is no plan: such runs are planned again by replan, with the configuration check answered. */
function applyRun(): TestRun {
  const run = testRun(files, { kind: "apply", state: "write", apply: { mode: "replan", planSha256: null } });
  run.decision = "apply";
  return run;
}

describe("runs survive", () => {
  let fixture: RunFixture;
  afterEach(() => fixture.stop());

  it("a kill of the runner in the middle of an apply: the supervisor goes on, the state arrives after the restart", async () => {
    fixture = await startFixture({ resources, paceMs: 250 });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    fixture.runner.process.kill("SIGKILL");
    await fixture.runner.ended;
    const [name = ""] = readdirSync(join(fixture.folder, "d", "runs"));
    const folder = join(fixture.folder, "d", "runs", name);
    // the engine has written its state, the supervisor holds it: nobody listens
    await until(
      () => readdirSync(join(folder, "states")).length > 0,
      () => readFileSync(join(folder, "journal.ndjson"), "utf8"),
    );
    expect(fixture.server.states).toEqual([]);
    await fixture.restart();
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish).toEqual({ outcome: "finished", error: null });
    expect(JSON.parse(fixture.server.states.at(-1) ?? "")).toMatchObject({ serial: 1, resources });
    await until(
      () => !existsSync(folder),
      () => "the run's folder is left",
    );
  });

  it("a server that is away: the engine waits, nothing is lost, events arrive once each", async () => {
    fixture = await startFixture({ resources, paceMs: 100 });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    fixture.server.away = true;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(fixture.server.states).toEqual([]);
    fixture.server.away = false;
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish?.outcome).toBe("finished");
    expect(fixture.server.states).toHaveLength(1);
    expect(textOf(run).match(/apply_complete/g)).toHaveLength(resources.length);
  });

  it("a state the server refuses: errored.tfstate is rescued", async () => {
    fixture = await startFixture({ resources });
    fixture.server.refuseState = 409;
    const run = applyRun();
    await fixture.finish(run);
    expect(run.finish?.outcome).toBe("failed");
    expect(JSON.parse(run.erroredState?.toString() ?? "")).toMatchObject({ resources });
    expect(textOf(run)).toContain("it was rescued from errored.tfstate");
  });

  it("a kill of the supervisor in the middle of an apply: no end is claimed, the state and the journal are rescued", async () => {
    fixture = await startFixture({ resources, paceMs: 400 });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    const [name = ""] = readdirSync(join(fixture.folder, "d", "runs"));
    const folder = join(fixture.folder, "d", "runs", name);
    const supervisor: { pid: number } = JSON.parse(readFileSync(join(folder, "supervisor.json"), "utf8"));
    process.kill(supervisor.pid, "SIGKILL");
    await until(
      () => !existsSync(folder),
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish).toBeUndefined();
    expect(textOf(run).match(/apply_complete/g)).toHaveLength(resources.length);
    expect(JSON.parse(run.erroredState?.toString() ?? "")).toMatchObject({ resources });
  });
});

describe("no supervisor stays for ever", () => {
  let fixture: RunFixture;
  afterEach(() => fixture.stop());

  const supervisorOf = async (run: TestRun, said: string) => {
    fixture.server.add(run);
    await until(
      () => textOf(run).includes(said),
      () => fixture.runner.log() + textOf(run),
    );
    const [name = ""] = readdirSync(join(fixture.folder, "d", "runs"));
    const folder = join(fixture.folder, "d", "runs", name);
    const identity: ProcessIdentity = JSON.parse(readFileSync(join(folder, "supervisor.json"), "utf8"));
    return { folder, identity };
  };
  const killRunner = async () => {
    fixture.runner.process.kill("SIGKILL");
    await fixture.runner.ended;
  };
  const gone = (identity: ProcessIdentity) =>
    until(
      () => !isAlive(identity),
      () => "the supervisor is still there",
    );

  it("a plan stops when no runner comes for some leases; the next runner drops it and reports nothing", async () => {
    fixture = await startFixture({ plan: { hang: true } });
    const run = testRun(files, { leaseSeconds: 1 });
    const { folder, identity } = await supervisorOf(run, "plan …");
    await killRunner();
    await gone(identity);
    expect(JSON.parse(readFileSync(join(folder, "result.json"), "utf8"))).toEqual({ outcome: "abandoned" });
    await fixture.restart();
    await until(
      () => !existsSync(folder),
      () => "the run's folder is left",
    );
    expect(run.finish).toBeUndefined();
  });

  it("a plan ends when its folder is deleted and no runner is there", async () => {
    fixture = await startFixture({ plan: { hang: true, deaf: true } });
    const { folder, identity } = await supervisorOf(testRun(files, { leaseSeconds: 600 }), "plan …");
    await killRunner();
    rmSync(folder, { recursive: true, force: true });
    await gone(identity);
    expect(isAlive(identity)).toBe(false);
    await fixture.restart();
  });

  it("an apply ends without a runner, its state and result on disk; the next runner delivers both", async () => {
    fixture = await startFixture({ resources, paceMs: 100 });
    const run = applyRun();
    run.job.leaseSeconds = 1;
    const { folder, identity } = await supervisorOf(run, "apply_start");
    await killRunner();
    await gone(identity);
    expect(JSON.parse(readFileSync(join(folder, "result.json"), "utf8")).outcome).toBe("finished");
    expect(readdirSync(join(folder, "states"))).toHaveLength(1);
    expect(fixture.server.states).toEqual([]);
    await fixture.restart();
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish).toEqual({ outcome: "finished", error: null });
    expect(JSON.parse(run.erroredState?.toString() ?? "")).toMatchObject({ serial: 1, resources });
    expect(textOf(run).match(/apply_complete/g)).toHaveLength(resources.length);
    await until(
      () => !existsSync(folder),
      () => "the run's folder is left",
    );
  });

  it("a stopped runner waits for a plan only a while; then it ends it and reports nothing", async () => {
    fixture = await startFixture({ plan: { hang: true, deaf: true } }, { stopSeconds: 1 });
    const run = testRun(files);
    const { folder, identity } = await supervisorOf(run, "plan …");
    fixture.runner.process.kill("SIGTERM");
    expect(await fixture.runner.ended).toBe(0);
    expect(isAlive(identity)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect(run.finish).toBeUndefined();
    await fixture.restart();
  });
});

describe("runs can be stopped", () => {
  let fixture: RunFixture;
  afterEach(() => fixture.stop());

  it("a canceled apply ends by SIGINT with its state whole", async () => {
    fixture = await startFixture({ resources, paceMs: 400 });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    run.cancel = true;
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish?.outcome).toBe("canceled");
    const state: { resources: string[] } = JSON.parse(fixture.server.states.at(-1) ?? "");
    expect(state.resources.length).toBeGreaterThan(0);
    expect(state.resources.length).toBeLessThan(resources.length);
    expect(fixture.server.lock).toBeUndefined();
  });

  it("a plan that hangs is stopped at its limit, and killed when it does not listen", async () => {
    fixture = await startFixture({ plan: { hang: true, deaf: true } });
    const run = testRun(files, { limits: { fetch: 60, init: 60, plan: 1, check: 60, apply: 60 } });
    await fixture.finish(run);
    expect(run.finish?.error?.code).toBe("time_limit");
    expect(textOf(run)).toContain("did not stop within 1 s and is killed");
  });

  it("an apply over its limit is asked to stop, waited for, and never killed", async () => {
    fixture = await startFixture({ resources, apply: { waitMs: 3500, deaf: true } });
    const run = applyRun();
    run.job.limits = { fetch: 60, init: 60, plan: 60, check: 60, apply: 1 };
    await fixture.finish(run);
    expect(textOf(run)).toContain("an apply is never killed");
    // it was deaf for longer than limit and grace, then went on to its own end
    expect(textOf(run)).toContain("Apply complete!");
    expect(fixture.server.states).toHaveLength(1);
  });

  it("an engine that crashes leaves its last words", async () => {
    fixture = await startFixture({ plan: { errors: ["panic: it broke"], dieBy: "SIGABRT" } });
    const run = testRun(files);
    await fixture.finish(run);
    expect(run.finish?.error?.code).toBe("engine_failed");
    expect(run.finish?.error?.detail).toContain("panic: it broke");
  });

  it("a stopped runner that has to wait for applies ends after them", async () => {
    fixture = await startFixture({ resources, paceMs: 300 }, { applyStopSeconds: 60 });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    fixture.runner.process.kill("SIGTERM");
    expect(await fixture.runner.ended).toBe(0);
    expect(run.finish?.outcome).toBe("finished");
  });

  it("a stopped runner waits for plans and leaves applies to the next one", async () => {
    fixture = await startFixture({ resources, paceMs: 600, plan: { waitMs: 100 } });
    const run = applyRun();
    fixture.server.add(run);
    await until(
      () => textOf(run).includes("apply_start"),
      () => fixture.runner.log() + textOf(run),
    );
    const plan = testRun(files, { kind: "plan" });
    fixture.server.add(plan);
    await until(
      () => textOf(plan).includes("plan …"),
      () => fixture.runner.log() + textOf(plan),
    );
    fixture.runner.process.kill("SIGTERM");
    expect(await fixture.runner.ended).toBe(0);
    expect(plan.finish).toBeDefined();
    expect(run.finish).toBeUndefined();
    await fixture.restart();
    await until(
      () => run.finish !== undefined,
      () => fixture.runner.log() + textOf(run),
    );
    expect(run.finish?.outcome).toBe("finished");
  });
});

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunFixture, startFixture, terraform, textOf } from "../testing/run-fixture.ts";
import { until } from "../testing/test-runner.ts";
import { testRun } from "../testing/test-server.ts";

const files = {
  "components/network/main.tf": [
    'terraform {\n  backend "s3" {}\n}',
    'variable "size" {}',
    'variable "password" {\n  sensitive = true\n}',
    'resource "terraform_data" "a" {\n  count = 2\n  input = var.size\n}',
    'resource "terraform_data" "leak" {\n  provisioner "local-exec" {\n    command = "echo the password is ${nonsensitive(var.password)}"\n  }\n}',
    'module "child" {\n  source = "../../modules/child"\n}',
  ].join("\n"),
  "modules/child/main.tf": 'resource "terraform_data" "b" {}\n',
  "environments/dev/network.tfvars": 'size = "small"\n',
};
const varFiles = ["environments/dev/network.tfvars"];
const secret = { environment: { TF_VAR_password: "correct-horse" }, mask: ["correct-horse"] };

describe.skipIf(terraform === undefined)("a run with the real terraform in the real sandbox", () => {
  let fixture: RunFixture;
  beforeAll(async () => {
    fixture = await startFixture("terraform");
  });
  afterAll(() => fixture.stop());

  it("plans, and applies exactly those bytes; the state arrives, secrets do not", async () => {
    const plan = testRun(files, { varFiles });
    plan.secrets["plan"] = secret;
    await fixture.finish(plan);
    expect(textOf(plan)).toContain("init ok: 0 providers verified");
    expect(plan.finish).toEqual({ outcome: "finished", error: null });
    expect(plan.planned?.overridden).toEqual(["components/network/main.tf:2"]);
    expect(plan.planned?.judgement?.failures).toEqual([]);
    const json: { resource_changes: unknown[] } = JSON.parse(plan.planJson?.toString() ?? "");
    expect(json.resource_changes).toHaveLength(4);
    expect(textOf(plan)).toContain("plan ok: 4 to add");
    expect(fixture.server.states).toEqual([]);

    const apply = testRun(files, {
      kind: "apply",
      state: "write",
      varFiles,
      apply: { mode: "saved", planSha256: plan.planned?.planSha256 ?? "" },
    });
    apply.savedPlan = plan.planFile;
    apply.secrets["apply"] = secret;
    await fixture.finish(apply);
    expect(textOf(apply)).toContain("init ok: 0 providers as initialized before");
    expect(apply.finish).toEqual({ outcome: "finished", error: null });
    expect(fixture.server.states).toHaveLength(1);
    expect(fixture.server.lock).toBeUndefined();
    expect(textOf(apply)).toContain("the password is (secret)");
    expect(textOf(apply)).not.toContain("correct-horse");
    const completed = [...apply.events.values()].filter(
      (event) => event.type === "engine" && event.event["type"] === "apply_complete",
    );
    expect(completed).toHaveLength(4);
    const sequences = [...apply.events.keys()].toSorted((left, right) => left - right);
    expect(sequences).toEqual(sequences.map((_sequence, index) => index + 1));
    await until(
      () => readdirSync(join(fixture.folder, "d", "runs")).length === 0,
      () => "run folders are left",
    );
  });

  it("refuses a saved plan whose bytes are others", async () => {
    const apply = testRun(files, {
      kind: "apply",
      state: "write",
      varFiles,
      apply: { mode: "saved", planSha256: "0".repeat(64) },
    });
    apply.savedPlan = Buffer.from("other bytes");
    await fixture.finish(apply);
    expect(apply.finish?.error?.code).toBe("plan_changed");
    expect(textOf(apply)).not.toContain("apply_start");
  });

  it("plans again and holds when the server says so", async () => {
    const apply = testRun(files, {
      kind: "apply",
      state: "write",
      varFiles,
      apply: { mode: "replan", planSha256: null },
    });
    apply.secrets["plan"] = secret;
    apply.decision = "hold";
    await fixture.finish(apply);
    expect(apply.finish).toEqual({ outcome: "held", error: null });
    expect(apply.planFile?.length).toBeGreaterThan(0);
    expect(textOf(apply)).not.toContain("apply_start");
  });

  it("says file and line of a mistake in the code", async () => {
    const run = testRun({
      "components/network/main.tf": 'resource "terraform_data" "a" {\n  input = var.missing\n}\n',
    });
    await fixture.finish(run);
    expect(run.finish?.error).toMatchObject({ code: "engine_failed", file: "components/network/main.tf", line: 2 });
  });

  it("says which provider is not in the lock file", async () => {
    const run = testRun({
      "components/network/main.tf":
        'terraform {\n  required_providers {\n    none = { source = "example.com/acme/none" }\n  }\n}\n',
    });
    await fixture.finish(run);
    expect(run.finish?.error?.detail).toContain("provider example.com/acme/none is not in the lock file");
    expect(run.finish?.error?.file).toBe("components/network/.terraform.lock.hcl");
  });

  it("refuses a backend that wins over ours", async () => {
    const run = testRun({
      "components/network/main.tf": "",
      "components/network/zz_override.tf": 'terraform {\n  backend "local" {\n    path = "/tmp/state"\n  }\n}\n',
    });
    await fixture.finish(run);
    expect(run.finish?.error?.code).toBe("configuration_wrong");
    expect(run.finish?.error?.detail).toContain('the backend "local" instead of "http"');
  });

  it("journals what a step wanted to reach and may not", async () => {
    const run = testRun(
      {
        "components/network/main.tf":
          'resource "terraform_data" "reach" {\n  provisioner "local-exec" {\n    command = "curl -sS --max-time 5 -x $HTTPS_PROXY https://example.com/ || curl -sS --noproxy \'*\' --max-time 2 http://1.1.1.1/ || true"\n  }\n}\n',
      },
      { kind: "apply", state: "write", apply: { mode: "replan", planSha256: null } },
    );
    run.decision = "apply";
    await fixture.finish(run);
    expect(run.finish?.outcome).toBe("finished");
    expect(textOf(run)).toContain("example.com:443 is not in the runner's list of hosts that the step apply may reach");
    expect(textOf(run)).toMatch(/Couldn't connect|Failed to connect|unreachable/);
  });

  it("keeps what code can see of the machine to its own tree", async () => {
    const program =
      "ls / /plumbline; ls -d /proc/[0-9]* | wc -l; id -u; cat /etc/shadow /root/.ssh/* 2>&1 | head -3; touch /work/x && echo tree-writable; touch /usr/x || echo usr-readonly; env | cut -d= -f1 | sort";
    const run = testRun(
      {
        "components/network/main.tf": `resource "terraform_data" "look" {\n  provisioner "local-exec" {\n    command = ${JSON.stringify(program)}\n  }\n}\n`,
      },
      { kind: "apply", state: "write", apply: { mode: "replan", planSha256: null } },
    );
    run.decision = "apply";
    await fixture.finish(run);
    const text = textOf(run);
    expect(text).toContain("usr-readonly");
    expect(text).toContain("tree-writable");
    expect(text).toContain("/etc/shadow: No such file or directory");
    expect(text).not.toContain("runner-token");
    expect(existsSync("/usr/x")).toBe(false);
  });
});

describe.skipIf(terraform === undefined)("a runner that was told to use no sandbox", () => {
  it("says so, and runs all the same", async () => {
    const fixture = await startFixture("terraform", { sandbox: "none", sandboxReason: "a container around all of it" });
    expect(fixture.runner.log()).toContain("runs are NOT sandboxed");
    const run = testRun(files, {
      kind: "apply",
      state: "write",
      varFiles,
      apply: { mode: "replan", planSha256: null },
    });
    run.secrets = { plan: secret, apply: secret };
    run.decision = "apply";
    await fixture.finish(run);
    expect(run.finish).toEqual({ outcome: "finished", error: null });
    expect(fixture.server.states).toHaveLength(1);
    await fixture.stop();
  });
});

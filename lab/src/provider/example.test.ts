import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLabMirror } from "../build-provider.ts";
import { startLab } from "../testing/lab.ts";
import type { Lab } from "../testing/lab.ts";
import { findTerraform, runTerraform, writeCliConfig } from "../testing/terraform.ts";

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../../examples/shop-infrastructure");
const terraform = findTerraform();

// One story in order: each step works on what the one before left in the cloud.
describe.skipIf(terraform === undefined)("the example repository with the real terraform", () => {
  let lab: Lab;
  let rc: string;

  beforeAll(async () => {
    lab = await startLab();
    const { dir } = await buildLabMirror(join(lab.folder, "mirror"));
    rc = await writeCliConfig(lab.folder, dir);
    await cp(EXAMPLE, join(lab.folder, "repository"), { recursive: true });
  });
  afterAll(() => lab.stop());

  function run(component: string, args: string[], key = "write-dev") {
    const cwd = join(lab.folder, "repository/components", component);
    return runTerraform(terraform ?? "", cwd, args, {
      TF_CLI_CONFIG_FILE: rc,
      LAB_ENDPOINT: lab.cloud.url,
      LAB_ACCOUNT: "dev",
      LAB_TOKEN: lab.token(key),
    });
  }

  async function outputs(component: string): Promise<Record<string, { value: unknown }>> {
    return JSON.parse((await run(component, ["output", "-json"])).output);
  }

  async function inputs(component: string): Promise<string[]> {
    const values = (name: string) => `-var-file=../../environments/dev/${name}.tfvars`;
    const files = [values("common"), values(component)];
    if (component === "network") return files;
    const network = await outputs("network");
    const vars = [`-var=network_id=${String(network["network_id"]?.value)}`];
    if (component === "database") {
      const subnets = JSON.stringify(network["private_subnet_ids"]?.value);
      vars.push(`-var=network_cidr=${String(network["cidr"]?.value)}`, `-var=subnet_ids=${subnets}`);
      vars.push("-var=admin_password=correct-horse-battery");
    } else {
      const database = await outputs("database");
      vars.push(`-var=subnet_ids=${JSON.stringify(network["public_subnet_ids"]?.value)}`);
      vars.push(`-var=database_endpoint=${String(database["endpoint"]?.value)}`);
    }
    return [...files, ...vars];
  }

  it.each(["network", "database", "shop"])(
    "installs %s by its lock file, applies it, and then has nothing to do",
    async (component) => {
      const init = await run(component, ["init", "-no-color", "-lockfile=readonly"]);
      expect(init.output).toContain("successfully initialized");
      const given = await inputs(component);
      const apply = await run(component, ["apply", "-no-color", "-auto-approve", ...given]);
      expect(apply.output).toContain("Apply complete!");
      const again = await run(component, ["plan", "-no-color", "-detailed-exitcode", ...given]);
      expect(again.output).toContain("No changes.");
      expect(again.code).toBe(0);
    },
  );

  it("shows a port that somebody opened as drift and closes it again", async () => {
    const { body } = await lab.call("GET", "firewall?name=shop-database-dev");
    const [firewall] = body["items"] as { id: string; ingress: unknown[] }[];
    const opened = { port: 5432, protocol: "tcp", cidr: "0.0.0.0/0", description: "quick test" };
    await lab.call("PATCH", `firewall/${firewall!.id}`, { ingress: [...firewall!.ingress, opened] });

    const given = await inputs("database");
    const plan = await run("database", ["plan", "-no-color", "-detailed-exitcode", "-out=plan", ...given]);
    expect(plan.code).toBe(2);
    const shown = JSON.parse((await run("database", ["show", "-json", "plan"])).output);
    expect(shown.resource_drift).toMatchObject([
      { address: "lab_firewall.database", change: { actions: ["update"], after: { ingress: [{}, opened] } } },
    ]);
    await run("database", ["apply", "-no-color", "plan"]);
    const after = await lab.call("GET", `firewall/${firewall!.id}`);
    expect(after.body["ingress"]).toEqual(firewall!.ingress);
  });

  it("plans what somebody deleted anew", async () => {
    const { body } = await lab.call("GET", "bucket?name=shop-shop-dev-pictures");
    const [bucket] = body["items"] as { id: string }[];
    await lab.call("DELETE", `bucket/${bucket!.id}`);
    const given = await inputs("shop");
    const plan = await run("shop", ["plan", "-no-color", ...given]);
    expect(plan.output).toContain("lab_bucket.pictures will be created");
    const apply = await run("shop", ["apply", "-no-color", "-auto-approve", ...given]);
    expect(apply.code).toBe(0);
  });

  it("plans with a reading key and is refused when it applies", async () => {
    const given = [...(await inputs("shop")), "-var=instances=3"];
    const plan = await run("shop", ["plan", "-no-color", "-out=plan", ...given], "read-dev");
    expect(plan.output).toContain("instances         = 1 -> 3");
    const apply = await run("shop", ["apply", "-no-color", "plan"], "read-dev");
    expect(apply.code).toBe(1);
    expect(apply.output).toContain('The key "read-dev" may only read');
  });

  it("keeps what was made when the cloud fails half-way, and goes on from there", async () => {
    await run("shop", ["destroy", "-no-color", "-auto-approve", ...(await inputs("shop"))]);
    await lab.call("POST", "faults", { kind: "service", method: "POST", status: 503 });
    const given = await inputs("shop");
    const failed = await run("shop", ["apply", "-no-color", "-auto-approve", ...given]);
    expect(failed.code).toBe(1);
    expect(failed.output).toContain("asked to fail this call with status 503");
    const state = await run("shop", ["state", "list"]);
    expect(state.output.split("\n")).toEqual(expect.arrayContaining(["lab_bucket.pictures", "lab_firewall.shop"]));
    const finished = await run("shop", ["apply", "-no-color", "-auto-approve", ...given]);
    expect(finished.output).toContain("Resources: 2 added");
  });

  it("takes a resource that exists under management by its id", async () => {
    const given = await inputs("database");
    const { body } = await lab.call("GET", "database?name=shop-database-dev-orders");
    const [database] = body["items"] as { id: string }[];
    await run("database", ["state", "rm", "lab_database.orders"]);
    const imported = await run("database", ["import", "-no-color", ...given, "lab_database.orders", database!.id]);
    expect(imported.output).toContain("Import successful!");
    const plan = await run("database", ["plan", "-no-color", ...given]);
    // The cloud never gives the password back, so it is set again: nothing else differs.
    expect(plan.output).toContain("+ password          = (sensitive value)");
    expect(plan.output).toContain("Plan: 0 to add, 1 to change, 0 to destroy.");
  });

  it("says which id does not exist when an import fails", async () => {
    await run("database", ["state", "rm", "lab_database.orders"]);
    const given = await inputs("database");
    const imported = await run("database", ["import", "-no-color", ...given, "lab_database.orders", "db-0"]);
    expect(imported.code).toBe(1);
    expect(imported.output).toContain('There is no database with the id "db-0"');
  });
});

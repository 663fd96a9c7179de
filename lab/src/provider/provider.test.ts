import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { MAGIC_COOKIE } from "@plumbline/providers/plugin/handshake";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildLabMirror } from "../build-provider.ts";
import type { LabMirror } from "../build-provider.ts";
import { startLab } from "../testing/lab.ts";
import type { Lab } from "../testing/lab.ts";
import { findTerraform, runTerraform, writeCliConfig } from "../testing/terraform.ts";

const terraform = findTerraform();
const HEADER = `
terraform {
  required_providers {
    lab = { source = "plumbline.internal/lab/lab" }
  }
}
`;

let lab: Lab;
let mirror: LabMirror;
let rc: string;
let count = 0;

beforeAll(async () => {
  lab = await startLab();
  mirror = await buildLabMirror(join(lab.folder, "mirror"));
  rc = await writeCliConfig(lab.folder, mirror.dir);
});
afterAll(() => lab.stop());

/** A directory with this code, initialized. */
async function workspace(code: string) {
  count += 1;
  const cwd = join(lab.folder, `workspace-${count}`);
  await mkdir(cwd);
  const write = (text: string) => writeFile(join(cwd, "main.tf"), HEADER + text);
  const run = (args: string[], env: Record<string, string> = {}) =>
    runTerraform(terraform ?? "", cwd, args, {
      TF_CLI_CONFIG_FILE: rc,
      LAB_ENDPOINT: lab.cloud.url,
      LAB_ACCOUNT: "dev",
      LAB_TOKEN: lab.token("write-dev"),
      ...env,
    });
  const plan = async (): Promise<{ resource_changes: { address: string; change: Record<string, unknown> }[] }> => {
    const planned = await run(["plan", "-no-color", "-out=plan"]);
    expect(planned).toMatchObject({ code: 0 });
    return JSON.parse((await run(["show", "-json", "plan"])).output);
  };
  await write(code);
  expect((await run(["init", "-no-color"])).code).toBe(0);
  return { write, run, plan };
}

describe.skipIf(terraform === undefined)("the lab provider in the real terraform", () => {
  it("plans a replacement where an attribute cannot be changed, and an update where it can", async () => {
    const code = (cidr: string, team: string) => `
resource "lab_network" "this" {
  name = "replaced"
  cidr = "${cidr}"
  tags = { team = "${team}" }
}
resource "lab_subnet" "this" {
  name       = "replaced"
  network_id = lab_network.this.id
  cidr       = cidrsubnet(lab_network.this.cidr, 8, 0)
}`;
    const { write, run, plan } = await workspace(code("10.1.0.0/16", "a"));
    expect((await run(["apply", "-auto-approve", "-no-color"])).code).toBe(0);
    await write(code("10.1.0.0/16", "b"));
    expect((await plan()).resource_changes.map(({ change }) => change["actions"])).toEqual([["update"], ["no-op"]]);
    await write(code("10.2.0.0/16", "b"));
    const [network, subnet] = (await plan()).resource_changes;
    expect(network?.change).toMatchObject({ actions: ["delete", "create"], replace_paths: [["cidr"]] });
    expect(subnet?.change).toMatchObject({
      actions: ["delete", "create"],
      after_unknown: { id: true, network_id: true },
      replace_paths: [["cidr"], ["network_id"]],
    });
    const apply = await run(["apply", "-auto-approve", "-no-color"]);
    expect(apply.output).toContain("2 added, 0 changed, 2 destroyed");
  });

  it("points at the line of a wrong value, in a rule too", async () => {
    const { run } = await workspace(`
resource "lab_firewall" "this" {
  name       = "Wrong Name"
  network_id = "net-x"
  ingress = [
    { port = 5432, cidr = "10.0.0.0/16" },
    { port = 99999, cidr = "10.0.0.0/16" },
  ]
}`);
    const { code, output } = await run(["validate", "-json"]);
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(output) as {
      diagnostics: { detail: string; range: { start: { line: number } } }[];
    };
    expect(diagnostics.map(({ detail, range }) => [detail, range.start.line])).toEqual([
      [expect.stringContaining("The name of lab_firewall must be 2 to 63 lower-case letters"), 9],
      [expect.stringContaining("The ingress.1.port of lab_firewall must be a whole number"), 11],
    ]);
  });

  it("plans rules and lists that are known only after apply", async () => {
    const { run } = await workspace(`
resource "lab_network" "a" {
  name = "unknown-a"
  cidr = "10.3.0.0/16"
}
resource "lab_bucket" "this" {
  name = "unknown-bucket"
  tags = { network = lab_network.a.id }
}
resource "lab_firewall" "this" {
  name       = "unknown"
  network_id = lab_network.a.id
  ingress    = [for index in range(2) : { port = 80 + index, cidr = lab_network.a.cidr, description = lab_bucket.this.url }]
}
data "lab_network" "found" {
  name       = lab_network.a.name
  depends_on = [lab_network.a]
}
output "region" {
  value = data.lab_network.found.region
}`);
    const apply = await run(["apply", "-auto-approve", "-no-color"]);
    expect(apply.output).toContain('region = "eu-central-1"');
    const again = await run(["plan", "-detailed-exitcode", "-no-color"]);
    expect(again.code).toBe(0);
  });

  it("names the setting and the variable that are missing", async () => {
    const { run } = await workspace('resource "lab_bucket" "this" {\n  name = "nowhere"\n}\n');
    const { output, code } = await run(["plan", "-no-color"], { LAB_TOKEN: "", LAB_ENDPOINT: "ftp://x" });
    expect(code).toBe(1);
    expect(output).toContain("LAB_TOKEN in the environment");
    expect(output).toContain('"ftp://x" is not an address');
  });

  it("reaches the cloud through a proxy that alone can resolve its name", async () => {
    const asked: string[] = [];
    const proxy = createServer((incoming, outgoing) => {
      asked.push(incoming.url ?? "");
      const { pathname, search } = new URL(incoming.url ?? "");
      const { method, headers } = incoming;
      const forward = request(
        lab.cloud.url,
        { path: pathname + search, method: method ?? "GET", headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(forward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const port = typeof address === "object" && address ? address.port : 0;
    try {
      const { run } = await workspace('resource "lab_bucket" "this" {\n  name = "by-proxy"\n}\n');
      const env = { LAB_ENDPOINT: "http://lab.internal:8090", HTTP_PROXY: `http://127.0.0.1:${port}` };
      const apply = await run(["apply", "-auto-approve", "-no-color"], env);
      expect(apply.output).toContain("Apply complete! Resources: 1 added");
      expect(asked).toContain("http://lab.internal:8090/api/v1/bucket");
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe("the provider's process", () => {
  const program = () =>
    join(mirror.dir, mirror.source, mirror.version, "linux_amd64", `terraform-provider-lab_v${mirror.version}`);

  it("explains itself when started by hand", async () => {
    const { code, output } = await runTerraform(process.execPath, lab.folder, [program()], {});
    expect(code).toBe(1);
    expect(output).toContain("It is started by terraform or tofu");
  });

  it("leaves Ctrl-C to terraform and ends on SIGTERM", async () => {
    const child = spawn(process.execPath, [program()], {
      env: { [MAGIC_COOKIE.name]: MAGIC_COOKIE.value },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())),
    );
    expect(line).toMatch(/^1\|6\|unix\|.+\|grpc\|\n$/);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    expect(await Promise.race([ended, delay(300, "alive")])).toBe("alive");
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("ends when the process that started it is killed", async () => {
    const starter = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, [process.argv[1]], { stdio: ["ignore", "pipe", "ignore"] });
      child.stdout.once("data", () => { process.stdout.write(String(child.pid)); });
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["-e", starter, program()], {
      env: { [MAGIC_COOKIE.name]: MAGIC_COOKIE.value },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    for (let attempt = 0; attempt < 100 && isAlive(pid); attempt += 1) await delay(100);
    expect(isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { FakeScenario, FakeStep } from "./scenario.ts";

/**
 * The fake engine itself: one program with the command line, the exit codes, the -json lines, the http backend and the
 * reaction to signals of the real ones, and with a scenario instead of providers. Installed by `installFakeEngine`.
 * @public
 */
export async function fakeEngine(scenario: FakeScenario, args: readonly string[]): Promise<number> {
  const [command = ""] = args;
  let interrupted = false;
  let wake = () => {};
  process.on("SIGINT", () => {
    interrupted = true;
    wake();
  });
  const wait = (ms: number, deaf = false) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      if (!deaf) {
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (interrupted) wake();
      }
    });
  const say = (type: string, message: string, more: Record<string, unknown> = {}) =>
    process.stdout.write(
      `${JSON.stringify({ "@level": "info", "@message": message, "@module": "terraform.ui", "@timestamp": new Date().toISOString(), type, ...more })}\n`,
    );

  if (command === "version") {
    process.stdout.write(`${JSON.stringify({ terraform_version: scenario.version ?? "1.11.4" })}\n`);
    return 0;
  }
  const step = stepOf(scenario, command);
  for (const line of step.lines ?? []) process.stdout.write(`${line}\n`);
  for (const line of step.errors ?? []) process.stderr.write(`${line}\n`);
  for (const name of step.printEnvironment ?? []) process.stdout.write(`${name}=${process.env[name] ?? ""}\n`);
  if (step.waitMs !== undefined) await wait(step.waitMs, step.deaf);
  if (step.hang === true) while (!interrupted || step.deaf === true) await wait(3_600_000, step.deaf);
  if (step.dieBy !== undefined) process.kill(process.pid, step.dieBy);
  if (step.exit !== undefined && step.exit !== 0) return step.exit;
  if (interrupted && step.deaf !== true) return 1;

  if (command === "init") {
    const folder = process.env["TF_DATA_DIR"] ?? ".terraform";
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "terraform.tfstate"), '{"backend":{"type":"http","config":{"address":null}}}');
    say("init_output", "Terraform has been successfully initialized!");
  } else if (command === "plan") {
    const out = args.find((arg) => arg.startsWith("-out="))?.slice(5);
    if (out) writeFileSync(out, savedPlan());
    for (const address of scenario.resources ?? [])
      say("planned_change", `${address}: Plan to create`, {
        change: { resource: { addr: address }, action: "create" },
      });
    const add = scenario.resources?.length ?? 0;
    say("change_summary", `Plan: ${add} to add, 0 to change, 0 to destroy.`, {
      changes: { add, change: 0, import: 0, remove: 0, operation: "plan" },
    });
  } else if (command === "show") {
    process.stdout.write(`${JSON.stringify(scenario.planJson ?? { format_version: "1.2", resource_changes: [] })}\n`);
  } else if (command === "apply") return apply();
  return 0;

  async function apply(): Promise<number> {
    await callState("LOCK", JSON.stringify({ ID: "fake-lock", Operation: "OperationTypeApply" }));
    const read = await callState("GET");
    const before: { serial: number } = read.status === 200 ? JSON.parse(read.text) : { serial: 0 };
    const done: string[] = [];
    for (const address of scenario.resources ?? []) {
      if (interrupted) break;
      const hook = { resource: { addr: address }, action: "create" };
      say("apply_start", `${address}: Creating...`, { hook });
      await wait(scenario.paceMs ?? 0, true);
      done.push(address);
      say("apply_complete", `${address}: Creation complete after 0s [id=${address}]`, {
        hook: { ...hook, id_key: "id", id_value: address, elapsed_seconds: 0 },
      });
    }
    const state = JSON.stringify({ version: 4, serial: before.serial + 1, lineage: "fake", resources: done });
    const written = await callState("POST", state, "?ID=fake-lock");
    if (written.status >= 300) writeFileSync("errored.tfstate", state);
    await callState("UNLOCK", JSON.stringify({ ID: "fake-lock" }));
    say("change_summary", `Apply complete! Resources: ${done.length} added.`, {
      changes: { add: done.length, change: 0, import: 0, remove: 0, operation: "apply" },
    });
    return interrupted || written.status >= 300 ? 1 : 0;
  }
}

function stepOf(scenario: FakeScenario, command: string): FakeStep {
  if (command === "init" || command === "plan" || command === "show" || command === "apply")
    return scenario[command] ?? {};
  process.stderr.write(`the fake engine has no command ${command}\n`);
  return { exit: 1 };
}

async function callState(method: string, body?: string, query = ""): Promise<{ status: number; text: string }> {
  const { TF_HTTP_ADDRESS: address = "", TF_HTTP_USERNAME: user, TF_HTTP_PASSWORD: password } = process.env;
  if (address === "") return { status: 404, text: "" };
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  try {
    const answer = await fetch(address + query, { method, headers: { authorization }, ...(body ? { body } : {}) });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return { status: 503, text: "" }; // as the real one, it goes on without its backend
  }
}

/** A plan file as the engines write it (a zip archive), with the root module of the working folder and no providers. */
function savedPlan(): Buffer {
  const sources = readdirSync(".").filter((name) => /\.(tf|tofu)(\.json)?$/.test(name));
  return writeZip([
    ["tfplan", Buffer.from("fake")],
    ...sources.map((name): [string, Buffer] => [`tfconfig/m-/${name}`, readFileSync(name)]),
    ["tfconfig/modules.json", Buffer.from('[{"Key":"","Dir":"."}]')],
    [".terraform.lock.hcl", Buffer.from("# no providers\n")],
  ]);
}

/** A zip archive of stored files. */
function writeZip(files: readonly [string, Buffer][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of files) {
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, entries, end]);
}

import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testJob } from "../../testing/test-job.ts";
import { removeFolder, temporaryFolder } from "../../testing/test-runner.ts";
import { testRun } from "../../testing/test-server.ts";
import { earlyProviders } from "./early-providers.ts";
import { makeRunDirectories, type RunDirectory, runDirectory } from "../run-directory.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

const address = "plumbline.internal/lab/lab";
const inside = `providers/${address}/0.1.0/linux_amd64`;
const program = "terraform-provider-lab_v0.1.0";
const sha256 = (text: string) => createHash("sha256").update(text);
const hash = `h1:${sha256(`${sha256("code").digest("hex")}  ${program}\n`).digest("base64")}`;
const locked = [{ address, version: "0.1.0", hashes: [hash, "zh:0"] }];
const lab = [{ address, program: `/plumbline/data/${inside}/${program}` }];

describe("providers that are started before the engine", () => {
  let folder: string;
  let run: RunDirectory;
  beforeEach(() => {
    folder = temporaryFolder();
    run = runDirectory(join(folder, "run"));
    makeRunDirectories(run);
    const mirrored = join(folder, "mirror", address, "0.1.0", "linux_amd64");
    mkdirSync(mirrored, { recursive: true });
    writeFileSync(join(mirrored, program), "code");
    mkdirSync(dirname(join(run.data, inside)), { recursive: true });
    symlinkSync(`/plumbline/mirrors/0/${address}/0.1.0/linux_amd64`, join(run.data, inside));
  });
  afterEach(() => removeFolder(folder));

  const early = (options: {
    code?: string;
    files?: Record<string, string>;
    modules?: string[];
    destroy?: boolean;
    machine?: Partial<SupervisorJob>;
    step?: "plan" | "apply";
  }) => {
    const { code = 'provider "lab" {}\n', files = {}, modules, destroy = false, machine, step = "plan" } = options;
    const all = { "components/network/main.tf": code, ...files };
    if (modules) {
      mkdirSync(join(run.data, "modules"));
      const list = ["", ...modules].map((Dir) => ({ Key: Dir, Source: Dir, Dir: Dir === "" ? "." : Dir }));
      writeFileSync(join(run.data, "modules/modules.json"), JSON.stringify({ Modules: list }));
    }
    const config = testJob(folder, testRun(all, { destroy }), machine);
    const content = new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));
    const unpacked = { files: content, overridden: [], lockFile: undefined };
    return earlyProviders({ config, run }, unpacked, locked, step);
  };

  it("are those of the lock file whose package has its hash", () => {
    expect(early({})).toEqual(lab);
    expect(early({ modules: ["../../modules/a"], files: { "modules/a/main.tf": "" } })).toEqual(lab);
  });

  it("are none when the package is another", () => {
    writeFileSync(join(folder, "mirror", address, "0.1.0/linux_amd64/more"), "");
    expect(early({})).toEqual([]);
  });

  it("are none when a link leads out of the package or the mirror", () => {
    symlinkSync("/etc/passwd", join(folder, "mirror", address, "0.1.0/linux_amd64/link"));
    expect(early({})).toEqual([]);
    expect(early({ machine: { mirrors: [] } })).toEqual([]);
  });

  it("are none where a provider may be configured twice", () => {
    expect(early({ code: 'provider "lab" {\n  alias = "b"\n}\n' })).toEqual([]);
    const child = { "modules/a/main.tf": 'provider "lab" {}\n' };
    expect(early({ files: child })).toEqual(lab);
    expect(early({ modules: ["../../modules/a"], files: child })).toEqual([]);
  });

  it("are none where an installed module configures one, or cannot be found", () => {
    mkdirSync(join(run.data, "modules/x"), { recursive: true });
    writeFileSync(join(run.data, "modules/x/main.tf"), 'provider "lab" {}\n');
    mkdirSync(join(run.data, "other"));
    const list = (Dir: string) =>
      writeFileSync(join(run.data, "modules/modules.json"), JSON.stringify({ Modules: [{ Key: "x", Dir }] }));
    list("/plumbline/data/modules/x");
    expect(early({})).toEqual([]);
    list("/plumbline/data/other");
    expect(early({})).toEqual(lab);
    list("/elsewhere");
    expect(early({})).toEqual([]);
  });

  it("are none in a plan that destroys and without a sandbox", () => {
    expect(early({ destroy: true })).toEqual([]);
    expect(early({ destroy: true, step: "apply" })).toEqual(lab);
    expect(early({ machine: { sandbox: { kind: "none", reason: "" } } })).toEqual([]);
  });
});

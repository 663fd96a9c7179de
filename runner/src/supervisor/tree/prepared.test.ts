import { mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testJob } from "../../testing/test-job.ts";
import { removeFolder, temporaryFolder } from "../../testing/test-runner.ts";
import { testRun } from "../../testing/test-server.ts";
import { keepPrepared, restorePrepared } from "./prepared.ts";
import { makeRunDirectories, type RunDirectory, runDirectory } from "../run-directory.ts";
import type { SupervisorJob } from "../supervisor-job.ts";

const lab = { address: "plumbline.internal/lab/lab", version: "0.1.0", hashes: [] };
const other = { address: "plumbline.internal/lab/other", version: "2.0.0", hashes: [] };
const record = '{"backend":{"type":"http"}}';

describe("what init left", () => {
  let folder: string;
  let count = 0;
  beforeEach(() => {
    folder = temporaryFolder();
    for (const { address, version } of [lab, other])
      mkdirSync(join(folder, "mirror", address, version, "linux_amd64"), { recursive: true });
  });
  afterEach(() => removeFolder(folder));

  const run = (): RunDirectory => {
    const made = runDirectory(join(folder, `run-${(count += 1)}`));
    makeRunDirectories(made);
    return made;
  };
  const configOf = (code: string, values: string, more: Partial<SupervisorJob> = {}): SupervisorJob => {
    const files = { "components/network/main.tf": code, "environments/dev/network.tfvars": values };
    return testJob(folder, testRun(files, { varFiles: ["environments/dev/network.tfvars"] }), more);
  };
  /** A run whose data folder looks as after an init with these providers. */
  const initialized = (...providers: (typeof lab)[]): RunDirectory => {
    const made = run();
    writeFileSync(join(made.data, "terraform.tfstate"), record);
    for (const { address, version } of providers) {
      const link = join(made.data, "providers", address, version, "linux_amd64");
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(`/plumbline/mirrors/0/${address}/${version}/linux_amd64`, link);
    }
    return made;
  };
  const restored = (config: SupervisorJob, locked = [lab]): boolean => {
    const made = run();
    const isThere = restorePrepared(config, made, locked);
    if (!isThere) expect(readdirSync(made.data)).toEqual([]);
    return isThere;
  };

  it("is put back for the same code, whatever the values", () => {
    keepPrepared(configOf("a", "1"), initialized(lab), [lab]);
    const made = run();
    expect(restorePrepared(configOf("a", "2"), made, [lab])).toBe(true);
    const link = join(made.data, "providers", lab.address, lab.version, "linux_amd64");
    expect(readlinkSync(link)).toBe(`/plumbline/mirrors/0/${lab.address}/${lab.version}/linux_amd64`);
    expect(readdirSync(made.data).toSorted()).toEqual(["providers", "terraform.tfstate"]);
  });

  it("is not put back for other code, another engine, other mirrors or another Plumbline", () => {
    const config = configOf("a", "1");
    keepPrepared(config, initialized(lab), [lab]);
    expect(restored(config)).toBe(true);
    expect(restored(configOf("b", "1"))).toBe(false);
    expect(restored({ ...config, engine: { ...config.engine, sha256: "f" } })).toBe(false);
    expect(restored({ ...config, mirrors: [...config.mirrors, "/elsewhere"] })).toBe(false);
    expect(restored({ ...config, direct: true })).toBe(false);
    expect(restored({ ...config, programs: { ...config.programs, supervisor: "/p/2/supervisor.cjs" } })).toBe(false);
  });

  it("depends on the values where the engine may evaluate them in init", () => {
    const engine = { name: "tofu", path: "/bin/tofu", version: "1.10.0", sha256: "e" } as const;
    keepPrepared(configOf("a", "1", { engine }), initialized(lab), [lab]);
    expect(restored(configOf("a", "1", { engine }))).toBe(true);
    expect(restored(configOf("a", "2", { engine }))).toBe(false);
  });

  it("is not kept where a provider of the lock file is missing: the state may need it", () => {
    keepPrepared(configOf("a", "1"), initialized(lab), [lab, other]);
    expect(restored(configOf("a", "1"), [lab, other])).toBe(false);
  });

  it("is not kept where something else than links into mirrors stands there", () => {
    const downloaded = initialized(lab);
    mkdirSync(join(downloaded.data, "modules", "vpc"), { recursive: true });
    writeFileSync(join(downloaded.data, "modules", "vpc", "main.tf"), "");
    keepPrepared(configOf("a", "1"), downloaded, [lab]);
    const outside = initialized();
    mkdirSync(join(outside.data, "providers", lab.address, lab.version), { recursive: true });
    symlinkSync("/plumbline/mirrors/0/../../data", join(outside.data, "providers", lab.address, lab.version, "linux"));
    keepPrepared(configOf("b", "1"), outside, [lab]);
    expect(restored(configOf("a", "1"))).toBe(false);
    expect(restored(configOf("b", "1"))).toBe(false);
  });

  it("is not put back when the mirror has lost the provider", () => {
    keepPrepared(configOf("a", "1"), initialized(lab), [lab]);
    rmSync(join(folder, "mirror", lab.address), { recursive: true });
    expect(restored(configOf("a", "1"))).toBe(false);
  });
});

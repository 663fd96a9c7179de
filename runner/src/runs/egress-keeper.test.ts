import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundlePrograms } from "../programs/bundle-programs.ts";
import { childrenOf, identify, isAlive } from "../supervisor/process-tree.ts";
import { runDirectory } from "../supervisor/run-directory.ts";
import { runnerLink } from "../supervisor/runner-link.ts";
import { removeFolder, temporaryFolder, until } from "../testing/test-runner.ts";

/** A runner that does nothing but start the keeper for the run folders it is given. */
const runner = `
  const { egressKeeper } = await import(process.argv[1]);
  const [, , program, ...folders] = process.argv;
  const keeper = egressKeeper({ node: process.execPath, program, environment: {} });
  for (const folder of folders) keeper.serve(folder);
  setInterval(() => {}, 1000);
`;

describe("the process that connects applies outside", () => {
  let folder: string;
  const cloud = createServer((socket) => socket.pipe(socket));
  beforeEach(async () => {
    folder = temporaryFolder();
    await new Promise<void>((resolve) => cloud.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => cloud.close(resolve));
    removeFolder(folder);
  });

  it("stays when its runner is killed, comes back when it is killed itself, and ends with the last apply", async () => {
    const address = cloud.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const egress = {
      names: { "lab.cloud": `127.0.0.1:${port}` },
      allow: { init: [], plan: [], apply: ["lab.cloud"] },
    };
    const run = runDirectory(join(folder, "run"));
    mkdirSync(run.root);
    writeFileSync(run.job, JSON.stringify({ egress }));
    const supervisor = spawn("sleep", ["60"]);
    writeFileSync(run.supervisor, JSON.stringify(identify(supervisor.pid ?? 0)));
    const link = runnerLink(run.socket, run.egress);
    const { egressKeeper } = await bundlePrograms(join(folder, "programs"), []);
    const module = join(import.meta.dirname, "egress-keeper.ts");
    const parent = spawn(process.execPath, ["-e", runner, module, egressKeeper, run.root, join(folder, "gone")]);

    const socket = await link.tunnel("apply", "lab.cloud:443");
    const [first = 0] = childrenOf(parent.pid ?? 0);
    process.kill(first, "SIGKILL");
    await once(socket, "close");
    await until(
      () => childrenOf(parent.pid ?? 0).some((pid) => pid !== first),
      () => "no new keeper",
    );
    const open = await link.tunnel("apply", "lab.cloud:443");
    const keeper = identify(childrenOf(parent.pid ?? 0)[0] ?? 0);
    if (keeper === undefined) throw new Error("the keeper is not there");
    parent.kill("SIGKILL");
    await once(parent, "exit");

    open.write("still there");
    expect(String(await once(open, "data"))).toBe("still there");
    const late = await link.tunnel("apply", "lab.cloud:443");
    late.destroy();
    await expect(link.tunnel("apply", "elsewhere:443")).rejects.toThrow("elsewhere:443 is not allowed in apply");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(isAlive(keeper)).toBe(true);
    open.destroy();
    supervisor.kill();
    await until(
      () => !isAlive(keeper),
      () => "the keeper stays",
    );
    await expect(once(connect(run.egress), "connect")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  });
});

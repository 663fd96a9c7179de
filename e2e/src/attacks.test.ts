import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  getPullRequest,
  getRun,
  getRunLog,
  listAuditEvents,
  listComments,
  listNotifications,
  listPullRequestPlans,
  setVariable,
} from "@plumbline/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { looksAround, printsSecrets } from "./attacks/hostile-code.ts";
import { propose, seedRules } from "./attacks/hostile-world.ts";
import { applied, approve, merge } from "./world/acts.ts";
import { startLabWorld } from "./world/lab-world.ts";
import type { LabWorld } from "./world/lab-world.ts";
import { describeLane } from "./world/lane.ts";
import { findOnPath } from "./world/tools.ts";

const password = "hunter2-never-to-be-seen";
const terraform = findOnPath("terraform");
const lane =
  terraform === undefined
    ? { missing: "terraform is not on PATH." }
    : { tools: { name: "terraform" as const, path: terraform } };

describeLane("Hostile code", lane, { demanded: process.env["CI"] === "true" }, (engine) => {
  const folder = mkdtempSync(join(tmpdir(), "plumb-"));
  let started: LabWorld | undefined;
  const world = (): LabWorld => {
    if (started === undefined) throw new Error("the world did not start");
    return started;
  };
  beforeAll(async () => {
    started = await startLabWorld({ folder, engine });
    await seedRules(started);
  });
  afterAll(async () => {
    await started?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a plan that prints what it was given shows none of it to anybody", async () => {
    const lab = world();
    const key = lab.lab.keys.find(({ accounts, rights }) => accounts.includes("dev") && rights === "read");
    await lab.as("dev").call(setVariable, {
      body: { repository: "shop", environment: "dev", component: "common", name: "password", value: password },
    });
    const sealed = "common:\n  password: { version: 1 }\n";
    const files = { "environments/dev/sealed.yaml": sealed };
    const number = await propose(lab, { name: "leak", code: printsSecrets, files });
    const owner = lab.as("owner");
    const seen = await owner.call(getPullRequest, { params: { number } });
    const run = seen.affected[0]?.run ?? 0;
    expect(seen.affected).toMatchObject([{ workspace: "leak/dev", runStatus: "finished" }]);
    const shown = JSON.stringify([
      seen,
      await owner.call(listPullRequestPlans, { params: { number }, query: {} }),
      await owner.call(listComments, { params: { number } }),
      await owner.call(getRun, { params: { number: run } }),
      await owner.call(getRunLog, { params: { number: run }, query: {} }),
      await lab.as("auditor").call(listAuditEvents, { query: { limit: 200 } }),
      await lab.as("platform").call(listNotifications, {}),
    ]);
    expect(shown).toContain("terraform_data.leak");
    for (const secret of [password, key?.token ?? ""]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(shown).not.toContain(secret);
      for (const before of ["", "x", "xx"]) {
        const base64 = Buffer.from(before + secret).toString("base64");
        expect(shown).not.toContain(base64.slice(8, 24));
      }
    }
  });

  test("an apply sees nothing of the machine, of other runs, of the server or of the network", async () => {
    const lab = world();
    const places = { server: folder, home: "/root", ssh: "/etc/ssh/sshd_config", shadow: "/etc/shadow", run: "/run" };
    const ports = { api: Number(new URL(lab.world.url).port), lab: Number(new URL(`http://${lab.lab.address}`).port) };
    const number = await propose(lab, { name: "around", code: looksAround(places, ports) });
    const owner = lab.as("owner");
    await approve(owner, number);
    await merge(owner, number);
    const done = await applied(owner, number, [owner]);
    const log = await owner.call(getRunLog, { params: { number: done.affected[0]?.applyRun ?? 0 }, query: {} });
    const found = new Map(
      log.lines.flatMap(({ text }) => {
        const probe = /\b([a-z]+)=([^\s"]*)$/.exec(text);
        return probe === null ? [] : [[probe[1] ?? "", probe[2] ?? ""] as const];
      }),
    );
    expect(Object.fromEntries(found)).toMatchObject({
      user: "1000",
      interfaces: "lo,",
      namespaces: "refused",
      root: "refused",
      programs: "refused",
      server: "hidden",
      home: "hidden",
      ssh: "hidden",
      shadow: "hidden",
      run: "hidden",
      api: "closed",
      lab: "closed",
    });
    expect(Number(found.get("processes"))).toBeLessThan(12);
  });
});

import { randomUUID } from "node:crypto";
import type { Finding } from "@plumbline/contract";
import { expect, test } from "vitest";
import { readAudit } from "../audit/read-audit.ts";
import { openLog } from "../platform/log.ts";
import { approvePullRequest } from "../pull-requests/approving/approve-pull-request.ts";
import { mergePullRequest } from "../pull-requests/merging/merge-pull-request.ts";
import { listPlans } from "../pull-requests/patch-sets/read-plans.ts";
import { showJudged } from "../pull-requests/show-judged.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { planDetailsOf } from "../runs/plan-queries.ts";
import { sealState } from "../states/seal-state.ts";
import { judgeAppliedHandler, judgeAppliedTask } from "./judge-applied.ts";
import { listKnownFindings } from "./list-known-findings.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, organizationId, runs, database } = fixture;

const open: Finding = {
  fingerprint: "f1",
  rule: "lab-database-storage-encrypted",
  severity: "high",
  category: "encryption",
  title: "The database is not encrypted",
  why: "Whoever gets the disk reads it.",
  fix: "Encrypt it.",
  outcome: "unknown",
  address: "lab_database.main",
  attribute: "storage_encrypted",
  place: { file: "components/database/main.tf", line: 2 },
  chain: [],
  source: "plumbline",
  controls: [],
};
const other: Finding = { ...open, fingerprint: "f2", rule: "lab-database-public", attribute: "public" };

/** What the apply left, as the engine posts it. */
const state = {
  version: 4,
  resources: [
    {
      mode: "managed",
      type: "lab_database",
      name: "main",
      provider: 'provider["example.org/acme/lab"]',
      instances: [{ attributes: { storage_encrypted: false, public: false } }],
    },
  ],
};

async function applied(): Promise<{ runId: string; number: number }> {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", seedFiles);
  await seed.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Components", componentFiles);
  const { number } = await clone.push("refs/for/main", "ticket=OPS-1");
  await fixture.plan();
  const { affected } = await fixture.show(number);
  const digests = affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
  for (const actor of [owner, owner2])
    await approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
  await mergePullRequest(context, dev, number);
  await fixture.apply(
    (workspace) => digests.find((one) => one.workspace === workspace)?.digest ?? "",
    () => undefined,
    (workspace) => (workspace === "database/dev" ? [open, other] : []),
  );
  const [row] = await database.sql<{ run_id: string; workspace_id: string; state_version_after: number }>(
    `select run_id, workspace_id, state_version_after from runs join workspaces using (organization_id, workspace_id)
     where kind = 'apply' and component = 'database' and environment = 'dev'`,
    [],
  );
  if (row === undefined) throw new Error("nothing was applied");
  const id = randomUUID();
  const sealed = await sealState(runs.sealing, organizationId, id, Buffer.from(JSON.stringify(state)));
  await database.sql(
    `insert into state_versions (organization_id, workspace_id, version, state_version_id, serial, lineage, sha256,
       size, resource_count, sealed, sealed_outputs, run_id, epoch)
     values ($1, $2, $3, $4, 1, 'l', 's', 1, 1, $5, '', $6, 1)`,
    [organizationId, row.workspace_id, row.state_version_after, id, sealed, row.run_id],
  );
  return { runId: row.run_id, number };
}

test("what a plan could not tell is judged on the applied state, recorded, and shown on the run", async () => {
  const { runId, number } = await applied();
  const waiting = await database.sql<{ payload: unknown }>(
    "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1",
    [judgeAppliedTask.name],
  );
  expect(waiting).toEqual([{ payload: { organizationId, runId } }]);
  expect((await listKnownFindings(fixture.findings, dev, { limit: 10 })).items).toEqual([]);

  const handler = judgeAppliedHandler({ ...fixture.findings, states: runs.states, judged: showJudged });
  const work = { signal: AbortSignal.timeout(60_000), attempt: 1, log: openLog({ level: "silent" }) };
  await handler.run({ organizationId, runId }, work);

  const details = await database.db.transaction(organizationId, (tx) => planDetailsOf(tx, runId));
  expect(details.findings.map(({ rule, outcome, applied: said }) => [rule, outcome, said])).toEqual([
    [open.rule, "unknown", "failed"],
    [other.rule, "unknown", "passed"],
  ]);
  const { items } = await listKnownFindings(fixture.findings, dev, { limit: 10 });
  expect(items).toMatchObject([{ workspace: "database/dev", rule: open.rule, overdue: false }]);
  const told = fixture.notices.filter(({ event }) => event === "finding_after_apply");
  expect(told).toMatchObject([{ subject: expect.stringContaining("database/dev"), environments: ["dev"] }]);
  const { entries } = await readAudit(context.db, platform, {}, { limit: 50 });
  const said = entries.map(({ canonical }) => canonical).filter((entry) => entry.includes("1 fails, 1 passes"));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`"pullRequest":${number}`);
  expect(await listPlans(context, platform, number, "database/dev")).toHaveLength(1);

  // Done again, as after a crash, it says nothing anew.
  await handler.run({ organizationId, runId }, work);
  expect(fixture.notices.filter(({ event }) => event === "finding_after_apply")).toHaveLength(1);
});

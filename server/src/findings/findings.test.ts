import type { Finding, PullRequest } from "@plumbline/contract";
import { Problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { readAudit } from "../audit/read-audit.ts";
import { fixedClock } from "../platform/clock.ts";
import { approvePullRequest } from "../pull-requests/approving/approve-pull-request.ts";
import { listComments } from "../pull-requests/comments/comments.ts";
import { handlePending } from "./testing/handle-pending.ts";
import { mergePullRequest } from "../pull-requests/merging/merge-pull-request.ts";
import { listPlans } from "../pull-requests/patch-sets/read-plans.ts";
import { rebasePullRequest } from "../pull-requests/patch-sets/rebase-pull-request.ts";
import { refreshPullRequest } from "../pull-requests/telling/refresh-pull-request.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { refreshPastDates } from "../pull-requests/gate/weigh-again.ts";
import { announceWaivers } from "./announce-waivers.ts";
import { listKnownFindings } from "./list-known-findings.ts";
import { listWaivers } from "./list-waivers.ts";

const fixture = await forgeFixture();
const { context, dev, owner, owner2, platform, organizationId } = fixture;
const file = "components/database/main.tf";
const day = 86_400_000;

const waiver = (expires: string) =>
  `version: 1\nwaivers:\n  - rule: lab-database-*\n    address: lab_database.*\n    environment: dev\n    reason: the press reads it\n    owner: "@owner2"\n    ticket: OPS-7\n    expires: ${expires}\n`;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const waivers = "policies/waivers.yaml";

const open: Finding = {
  fingerprint: "f1",
  rule: "lab-database-public",
  severity: "critical",
  category: "network",
  title: "The database is public",
  why: "Anybody can reach it.",
  fix: "Make it private.",
  outcome: "fail",
  address: "lab_database.main",
  attribute: "public",
  place: { file, line: 2 },
  chain: [],
  source: "plumbline",
  controls: [],
};
const update = (before: object, after: object) => ({
  address: "lab_database.main",
  mode: "managed",
  type: "lab_database",
  name: "main",
  provider_name: "lab",
  change: { actions: ["update"], before, after, after_unknown: {} },
});

async function idOf(number: number): Promise<string> {
  const [row] = await fixture.database.sql<{ id: string }>(
    "select pull_request_id as id from pull_requests where number = $1",
    [number],
  );
  return row?.id ?? "";
}

async function approve(number: number, ...actors: Actor[]): Promise<void> {
  for (const actor of actors) {
    const shown = await fixture.show(number, actor);
    const digests = shown.affected.flatMap(({ workspace, digest }) => (digest === null ? [] : [{ workspace, digest }]));
    await approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
  }
}

async function refused(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Problem) return error.message;
  throw new Error(`nothing was refused: ${String(error)}`);
}

let changes = 0;

/** Pushes a change of dev's; answers its number. */
async function propose(files: Record<string, string | null>, actor: Actor = dev): Promise<number> {
  const clone = await fixture.clone(actor);
  await clone.sync();
  // A subject of its own: an equal one would be a new patch set of the other pull request.
  await clone.commit(`Change ${Object.keys(files).join()}: ${(changes += 1)}`, files);
  return (await clone.push("refs/for/main", "ticket=OPS-1")).number;
}

async function standing(number: number): Promise<Finding["standing"]> {
  const [plan] = await listPlans(context, platform, number, "database/dev");
  return plan?.findings[0]?.standing;
}

/** The gate's word on findings. */
function verdict(shown: PullRequest): { met: boolean; detail: string } | undefined {
  return shown.gate.find(({ kind }) => kind === "findings");
}

const main = (size: number, comment = "") =>
  `variable "size" {\n  default = ${size}\n}\n${comment === "" ? "" : `# ${comment}\n`}`;

test("what is applied is on record: the same finding, untouched, is reported with owner and date and does not block", async () => {
  const seed = await fixture.clone(platform);
  await seed.commit("Rules", { ...seedFiles, [waivers]: waiver(inDays(400)) });
  expect((await seed.push("refs/heads/main")).said).toContain("at most 180 days are allowed");
  await seed.commit("Rules", { [waivers]: null }, "--amend");
  expect((await seed.push("refs/heads/main")).code).toBe(0);
  const first = await propose(componentFiles);
  await fixture.plan();
  await approve(first, owner, owner2);
  await mergePullRequest(context, dev, first);
  const digests = new Map((await fixture.show(first)).affected.map(({ workspace, digest }) => [workspace, digest]));
  await fixture.apply(
    (workspace) => digests.get(workspace) ?? "",
    () => undefined,
    (workspace) => (workspace === "database/dev" ? [open] : []),
  );
  const { items } = await listKnownFindings(fixture.findings, dev, { limit: 10 });
  expect(items).toMatchObject([
    { workspace: "database/dev", rule: open.rule, owners: ["@owner", "@owner2", "@platform"], overdue: false },
  ]);
  const days = (Date.parse(items[0]?.dueAt ?? "") - Date.parse(items[0]?.firstSeenAt ?? "")) / day;
  expect(days).toBe(90);

  const second = await propose({ [file]: main(1, "nothing of it") });
  await fixture.plan((workspace) => ({ findings: workspace === "database/dev" ? [open] : [] }));
  await refreshPullRequest(context, organizationId, await idOf(second));
  expect(await standing(second)).toMatchObject({ kind: "baseline", blocks: false, until: items[0]?.dueAt });
  expect(verdict(await fixture.show(second))).toMatchObject({ met: true });
  const [summary, ...others] = await listComments(context, dev, second);
  expect(others).toEqual([]);
  expect(summary?.body).toContain("#### There before, with a date");
  expect(summary?.body?.replaceAll("\\", "")).toContain(`it blocks from ${items[0]?.dueAt?.slice(0, 10)} on`);

  // Its time passes while the pull request is open: looked at again it blocks, and nobody need push for that.
  const later = { ...context, clock: fixedClock(new Date(Date.now() + 91 * day)) };
  expect(await refreshPastDates(later)).toBe(1);
  await refreshPullRequest(later, organizationId, await idOf(second));
  expect(await standing(second)).toMatchObject({ kind: "overdue", blocks: true });
  expect(verdict(await fixture.show(second))).toMatchObject({ met: false });
  expect(await refreshPastDates(later)).toBe(0);
  await refreshPullRequest(context, organizationId, await idOf(second));
  expect(await standing(second)).toMatchObject({ kind: "baseline" });
});

test("it blocks where the change touches its line or its value, and in a workspace that had it not", async () => {
  const line = await propose({ [file]: main(7) });
  await fixture.plan(() => ({ findings: [open] }));
  await refreshPullRequest(context, organizationId, await idOf(line));
  expect(await standing(line)).toMatchObject({ kind: "touched", blocks: true, touched: true });
  expect(verdict(await fixture.show(line))?.detail).toContain("2 findings block in database/dev and database/prod");
  const comments = (await listComments(context, dev, line)).filter(({ kind }) => kind === "finding");
  expect(comments).toMatchObject([{ file, line: 2, resolvedAt: null }]);

  const value = await propose({ "environments/dev/database.tfvars": "size = 4\n" });
  const planned = [update({ public: false, size: 1 }, { public: true, size: 1 })];
  await fixture.plan(() => ({ findings: [open], changes: planned }));
  expect(await standing(value)).toMatchObject({ kind: "touched", blocks: true });
  // Its value comes from a line of the change: there the comment sits, once, however often it is pushed.
  const chain = [{ file: "environments/dev/database.tfvars", line: 1 }];
  const cause = await propose({ "environments/dev/database.tfvars": "size = 6\n" });
  await fixture.plan(() => ({ findings: [{ ...open, chain }] }));
  for (let time = 0; time < 2; time++) await refreshPullRequest(context, organizationId, await idOf(cause));
  expect((await listComments(context, dev, cause)).filter(({ kind }) => kind === "finding")).toMatchObject([
    { file: "environments/dev/database.tfvars", line: 1, resolvedAt: null },
  ]);
  // It is folded when the finding is gone, and the same one opens again when that comes back.
  const again = async (findings: Finding[]) => {
    await rebasePullRequest(context, organizationId, await idOf(cause), { all: true });
    await fixture.plan(() => ({ findings }));
    await refreshPullRequest(context, organizationId, await idOf(cause));
    return (await listComments(context, dev, cause)).filter(({ kind }) => kind === "finding");
  };
  const [folded, ...none] = await again([]);
  expect(none).toEqual([]);
  expect(folded?.resolvedAt).not.toBeNull();
  expect(await again([{ ...open, chain }])).toMatchObject([{ id: folded?.id, resolvedAt: null }]);
  const other = await propose({ "environments/dev/database.tfvars": "size = 5\n" });
  await fixture.plan(() => ({ findings: [open], changes: [update({ size: 1 }, { size: 5 })] }));
  expect(await standing(other)).toMatchObject({ kind: "baseline", blocks: false });
});

test("a waiver gets in by an owner of its file alone, counts for others once it is on main, and never for itself", async () => {
  const blocked = await propose({ [file]: main(8) });
  await fixture.plan((workspace) => ({ findings: workspace === "database/dev" ? [open] : [] }));
  expect(verdict(await fixture.show(blocked))).toMatchObject({ met: false });

  const itself = await propose({ [file]: main(9), [waivers]: waiver(inDays(30)) });
  await fixture.plan((workspace) => ({ findings: workspace === "database/dev" ? [open] : [] }));
  expect(verdict(await fixture.show(itself))).toMatchObject({ met: false });

  const number = await propose({ [waivers]: waiver(inDays(30)) });
  await fixture.plan();
  await approve(number, owner2).catch(() => undefined);
  expect(await refused(mergePullRequest(context, dev, number))).toContain("An owner of policies/waivers.yaml approves");
  await approve(number, platform);
  await mergePullRequest(context, dev, number);
  await handlePending(fixture);
  expect(await standing(blocked)).toMatchObject({ kind: "waived", blocks: false, waiver: { ticket: "OPS-7" } });
  expect(verdict(await fixture.show(blocked))).toMatchObject({ met: true });

  const listed = await listWaivers(fixture.findings, dev, {});
  expect(listed).toMatchObject({ problems: [], owners: { shop: ["@platform"] } });
  expect(listed.items).toMatchObject([{ status: "active", introducedBy: number, renewals: 0, line: 3 }]);
  expect(listed.items[0]?.hides.map(({ workspace, rule }) => [workspace, rule])).toEqual([["database/dev", open.rule]]);
});

test("its end is announced once, it blocks again after it, and prolonging it is counted", async () => {
  const soon = { ...fixture.findings, clock: fixedClock(new Date(Date.now() + 20 * day)) };
  expect(await announceWaivers(fixture.findings)).toBe(0);
  expect(await announceWaivers(soon)).toBe(1);
  expect(await announceWaivers(soon)).toBe(0);
  const told = fixture.notices.filter(({ event }) => event === "waiver_expiring");
  expect(told.map(({ recipients }) => recipients.toSorted((one, other) => (one < other ? -1 : 1)))).toEqual([
    [String(owner2.id), String(platform.id)].toSorted((one, other) => (one < other ? -1 : 1)),
  ]);
  expect(told.map(({ environments }) => environments)).toEqual([["dev"]]);

  const number = 7;
  const later = { ...context, clock: fixedClock(new Date(Date.now() + 32 * day)) };
  await refreshPullRequest(later, organizationId, await idOf(number));
  expect((await listWaivers({ ...fixture.findings, clock: later.clock }, dev, {})).items[0]?.status).toBe("expired");
  const blocked = await listPlans(context, platform, number, "database/dev");
  expect(blocked[0]?.findings[0]?.standing).toMatchObject({ kind: "expired-waiver", blocks: true });
  await refreshPullRequest(context, organizationId, await idOf(number));

  const longer = await propose({ [waivers]: waiver(inDays(60)) });
  await approve(longer, platform);
  await mergePullRequest(context, dev, longer);
  const [prolonged] = (await listWaivers(fixture.findings, dev, {})).items;
  expect(prolonged).toMatchObject({ renewals: 1, introducedBy: expect.any(Number) });
  const gone = await propose({ [waivers]: "version: 1\nwaivers: []\n" });
  await approve(gone, platform);
  await mergePullRequest(context, dev, gone);
  const { entries } = await readAudit(context.db, platform, {}, { limit: 200 });
  const actions = entries.map(({ canonical }) => (JSON.parse(canonical) as { action: string }).action);
  expect(actions.filter((action) => action.startsWith("waiver.")).toReversed()).toEqual([
    "waiver.introduced",
    "waiver.announced",
    "waiver.renewed",
    "waiver.removed",
  ]);
});

test("a waivers file with a mistake, or too long, or that nobody owns, is refused with its line", async () => {
  const bad = await propose({ [waivers]: waiver(inDays(400)) });
  expect((await fixture.show(bad)).patchSets[0]?.problems).toMatchObject([
    { file: waivers, line: 3, message: expect.stringContaining("at most 180 days are allowed") },
  ]);
  const wrong = await propose({ "policies/plumbline-policy.yaml": "version: 1\nbaseline: { day: 3 }\n" });
  expect((await fixture.show(wrong)).patchSets[0]?.problems[0]?.message).toContain('Unknown key "day"');

  const owners = await propose({ CODEOWNERS: "* @owner\n/policies/waivers.yaml\n" }, dev);
  await approve(owners, owner);
  await mergePullRequest(context, dev, owners);
  const unowned = await propose({ [waivers]: waiver(inDays(30)) });
  await approve(unowned, platform).catch(() => undefined);
  expect(await refused(mergePullRequest(context, dev, unowned))).toContain("Nobody owns policies/waivers.yaml");
});

test("what a newer rule finds in the recorded state gets its date from the first plan that shows it", async () => {
  const path = "environments/prod/database.tfvars";
  const number = await propose({ [path]: "size = 11 # why: customers\n" }, platform);
  // Nobody has noted it; its line was applied and is not changed.
  const { address: _, ...onLine } = { ...open, fingerprint: "newer", rule: "newer-rule", place: { file, line: 1 } };
  await fixture.plan((workspace) => ({ findings: workspace === "database/prod" ? [onLine] : [] }));
  const [plan] = await listPlans(context, platform, number, "database/prod");
  expect(plan?.findings[0]?.standing).toMatchObject({ kind: "baseline", blocks: false });
  const { items } = await listKnownFindings(fixture.findings, platform, { workspace: "database/prod", limit: 10 });
  expect(items).toMatchObject([{ rule: "newer-rule", dueAt: plan?.findings[0]?.standing?.until }]);
  const { entries } = await readAudit(context.db, platform, { action: "findings.noted" }, { limit: 1 });
  expect(entries[0]?.canonical).toContain("1 finding of database/prod that what is applied has");
});

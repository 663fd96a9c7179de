import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { approvePullRequest } from "./approving/approve-pull-request.ts";
import { mergePullRequest } from "./merging/merge-pull-request.ts";
import { forgeFixture, seedFiles } from "./testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { context, dev, owner, platform } = fixture;
const names = Array.from({ length: 14 }, (_, at) => `c${String(at).padStart(2, "0")}`);
/** Two components call the first module, twelve the second. */
const moduleOf = (at: number) => (at < 2 ? "few" : "many");

/** How many statements something needs. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  onTestFinished(() => query.mockRestore());
  await work();
  const count = query.mock.calls.length;
  query.mockRestore();
  return count;
}

test("seed", async () => {
  const clone = await fixture.clone(platform);
  const declared = names.map((name) => `  ${name}: { path: components/${name}, layer: platform }\n`).join("");
  await clone.commit("Rules", {
    ...seedFiles,
    "plumbline.yaml": `version: 1
layers: [platform]
components:
${declared}environments: [dev, prod]
engine: { name: terraform, version: "~> 1.10" }
`,
    "environments/prod/environment.yaml": "approvals: 2\n",
    "modules/few/main.tf": "# first\n",
    "modules/many/main.tf": "# first\n",
    ...Object.fromEntries(
      names.map((name, at) => [
        `components/${name}/main.tf`,
        `module "base" {\n  source = "../../modules/${moduleOf(at)}"\n}\n`,
      ]),
    ),
  });
  expect((await clone.push("refs/heads/main")).code).toBe(0);
});

/** Takes a change of a module from its push to its applies, and answers how many statements each step needed. */
async function change(module: "few" | "many") {
  const clone = await fixture.clone(dev);
  await clone.sync();
  let number = 0;
  const push = async (text: string) => {
    await clone.commit(`Change ${module}`, { [`modules/${module}/main.tf`]: `${text}\n` });
    return statementsOf(async () => {
      const pushed = await clone.push(`refs/for/main/${module}`);
      expect(pushed.said).toContain(`${module === "few" ? 4 : 24} workspaces are planned.`);
      number = pushed.number;
    });
  };
  const first = await push("# second");
  // Takes the place of plans that nobody has begun.
  const again = await push("# third");
  await fixture.plan();
  const digests = (await fixture.show(number)).affected.flatMap(({ workspace, digest }) =>
    digest === null ? [] : [{ workspace, digest }],
  );
  for (const actor of [owner, fixture.owner2])
    await approvePullRequest(context, actor, number, { meaning: "I have read these plans.", digests });
  const merge = await statementsOf(() => mergePullRequest(context, owner, number));
  expect(await fixture.queued("apply")).toHaveLength(digests.length / 2);
  return { first, again, merge };
}

test("a change of many workspaces takes as many statements as one of few", async () => {
  const few = await change("few");
  await fixture.database.sql("update runs set status = 'superseded' where kind = 'apply'");
  const many = await change("many");
  expect(few.first).toBeGreaterThan(20);
  // What is asked once for each topic of a notification, or each open pull request beside it.
  expect(many.first).toBeLessThanOrEqual(few.first + 5);
  expect(many.again).toBeLessThanOrEqual(few.again + 5);
  expect(many.merge).toBeLessThanOrEqual(few.merge + 5);
});

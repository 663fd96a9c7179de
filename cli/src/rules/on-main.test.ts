import { getRule, listRules } from "@plumbline/contract";
import type { RuleSummary } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

const rule: RuleSummary = {
  id: "lab-bucket-public",
  title: "Everybody can read the bucket",
  category: "exposure",
  group: "lab",
  controls: [],
  severity: "critical",
  status: "on",
  findings: 2,
};

test("rules are listed and shown as main's policy has them", async () => {
  await using api = await startFakeApi();
  const run = (...args: string[]) =>
    plumb(["rules", ...args], { env: { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" } });
  const quiet: RuleSummary = {
    ...rule,
    id: "regions",
    severity: "low",
    status: "needs-parameter",
    findings: 0,
  };
  api.answer(listRules, ({ query }) => {
    expect(query.repository).toBe("shop");
    return { items: [rule, quiet] };
  });
  const { stdout } = await run("list", "--repository", "shop");
  expect(stdout).toMatch(/^lab-bucket-public +critical +yes +2 +Everybody/m);
  expect(stdout).toMatch(/^regions +low +needs a parameter +0 /m);
  expect((await run("list", "--repository", "shop", "--severity", "low")).stdout).toContain("\n1 rule\n");
  expect((await run("list", "--repository", "shop", "--type", "lab_bucket")).exitCode).toBe(2);
  const details = {
    why: "Data leaks.",
    fix: "Close it.",
    resourceTypes: ["lab_bucket"],
    needs: [],
    examples: null,
  };
  api.answer(getRule, ({ params }) => ({ ...rule, ...details, id: params.rule }));
  const shown = (await run("show", "lab-bucket-public", "--repository", "shop")).stdout;
  expect(shown).toContain("in force  yes\nfindings  2 in what is applied\nlooks at  lab_bucket\n");
});

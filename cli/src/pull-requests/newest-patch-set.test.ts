import { approvePullRequest, getPullRequest, listPullRequestPlans } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { pullRequest, workspacePlan } from "../testing/fixtures.ts";

const [first] = pullRequest().patchSets;

test("of several patch sets the newest is told, wherever it stands in the list, with who pushed it", async () => {
  await using api = await startFakeApi();
  const newest = {
    ...first!,
    number: 2,
    commit: "9c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
    problems: [{ message: "unknown layer", file: "plumbline.yaml", line: 2, column: 3, proposal: null }],
  };
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  for (const patchSets of [
    [newest, first!],
    [first!, newest],
  ]) {
    api.answer(getPullRequest, () => pullRequest({ patchSet: 2, patchSets }));
    const { stdout } = await plumb(["prs", "show", "128", "--no-plans"], { env });
    expect(stdout).toContain("patch set   2, 9c1f0e2b9d3a by dev\n");
    expect(stdout).toContain("plumbline.yaml:2:3: unknown layer");
  }
});

test("an approval in JSON that asks nothing writes JSON alone", async () => {
  await using api = await startFakeApi();
  api.answer(getPullRequest, () => pullRequest());
  api.answer(listPullRequestPlans, () => ({ items: [workspacePlan()] }));
  api.answer(approvePullRequest, () => pullRequest({ gate: [] }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const { exitCode, stdout, stderr } = await plumb(["prs", "approve", "128", "--yes", "--json"], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ number: 128 });
});

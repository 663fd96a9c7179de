import { getPolicyRepository, setPolicyRepository } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

test("the organization's policy repository is told, named and taken away", async () => {
  await using api = await startFakeApi();
  const asked: unknown[] = [];
  api.answer(getPolicyRepository, () => ({ repository: null, policies: 0, problems: [] }));
  api.answer(setPolicyRepository, ({ body }) => {
    asked.push(body);
    const problems = [{ message: "version must be 1.", file: "rules:policies/plumbline-policy.yaml", line: 1 }];
    return { repository: body.repository, policies: 2, problems: body.repository === null ? [] : problems };
  });
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const said = async (...more: string[]) => (await plumb(["repositories", "policies", ...more], { env })).stdout;
  expect(await said()).toContain("each is judged by its own");
  const named = await said("rules");
  expect(named).toContain("rules has the policies for every repository of the organization: 2 Rego files.");
  expect(named).toContain("rules:policies/plumbline-policy.yaml:1: version must be 1.");
  expect(await said("--none")).toContain("No repository has policies");
  expect(asked).toEqual([{ repository: "rules" }, { repository: null }]);
  expect((await plumb(["repositories", "policies", "rules", "--none"], { env })).exitCode).not.toBe(0);
});

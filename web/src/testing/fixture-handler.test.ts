import * as contract from "@plumbline/contract/api/index";
import { expect, test } from "vitest";
import { answers } from "./fixture-answers.ts";
import { encryptionFinding } from "./fixtures/plans.ts";
import { repositoryFileOf } from "./fixtures/repository-files.ts";

const asked = {
  getRepositoryFile: { repository: "shop-infrastructure" },
  getRun: { number: "1893" },
  getAuditEvent: { number: "48131" },
  getPullRequest: { number: "128" },
  getDriftCase: { number: "57" },
  getWorkspace: { workspace: "database/prod" },
  listWorkspaceValues: { workspace: "database/prod" },
  listStateResources: { workspace: "database/prod" },
  confirmStopped: { workspace: "shop/prod" },
  cancelRun: { number: "1893" },
  retryRun: { number: "1889" },
};

test.each(Object.entries(answers))("the fixture of %s is what the contract says", (id, answer) => {
  const endpoint: unknown = Object.values<unknown>(contract).find(
    (value) => typeof value === "object" && value !== null && "id" in value && value.id === id,
  );
  if (typeof endpoint !== "object" || endpoint === null || !("response" in endpoint))
    throw new Error(`${id} is no endpoint`);
  const params: Record<string, string> = Object.entries(asked).find(([key]) => key === id)?.[1] ?? {};
  const { response } = endpoint as { response: { parse(value: unknown): unknown } };
  expect(() =>
    response.parse(answer({ params, query: { from: "211", to: "212", path: "CODEOWNERS" }, body: undefined })),
  ).not.toThrow();
});

test("the lines that a finding points to stand in the files", () => {
  for (const { file, line, text } of encryptionFinding.chain) {
    const found = repositoryFileOf("shop-infrastructure", file);
    expect(found?.text?.split("\n")[line - 1]?.replaceAll(/ +/g, " ").trim()).toBe(text);
  }
  expect(repositoryFileOf("shop-infrastructure", "no/such.tf")).toBeUndefined();
});

import { buildTree } from "@plumbline/engine/sources/tree";
import { readPolicyConfiguration } from "@plumbline/policy/configuration/read-policy-configuration";
import { expect, test } from "vitest";
import type { RepositoryReader } from "./repository-reader.ts";
import { rulesAt } from "./rules.ts";
import { snapshotOf } from "./snapshot.ts";

test("a policy that cannot be read does not count as left out", async () => {
  const entries = [
    { path: "policies/plumbline-policy.yaml", mode: "120000", id: "a".repeat(40), size: 20 },
    { path: "policies/large.rego", mode: "100644", id: "b".repeat(40), size: 5 * 1024 * 1024 },
    { path: "policies/small.rego", mode: "100644", id: "c".repeat(40), size: 10 },
  ];
  const objects = { blob: async () => Buffer.from("package a") };
  const snapshot = snapshotOf(objects as never, "d".repeat(40), { entries, tree: buildTree(entries) } as never);
  const reader = {
    snapshot: async () => snapshot,
    configuration: async () => ({ configuration: undefined }),
    rules: (_commit: string, read: () => unknown) => read(),
  } as never as RepositoryReader;
  const rules = await rulesAt(reader, "d".repeat(40));
  expect(readPolicyConfiguration(rules.policyConfiguration ?? "version: 1\n", "p.yaml").problems).not.toEqual([]);
  expect(rules.rego.map(({ text }) => text === "package a")).toEqual([false, true]);
});

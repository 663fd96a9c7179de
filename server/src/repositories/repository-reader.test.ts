import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { RepositoryObjects } from "../forges/forge.ts";
import { openReader, repositoryCaches } from "./repository-reader.ts";

const plumbline = `version: 1
layers: [platform]
components:
  network: { path: components/network, layer: platform }
environments: [dev]
engine: { name: terraform, version: ">= 1.6" }
`;
const first = {
  "plumbline.yaml": plumbline,
  "components/network/main.tf": "# first\n",
  "environments/dev/environment.yaml": "approvals: 1\n",
};
const key = { organizationId: "o", repositoryId: "r", organization: "acme", name: "shop" };

/** Commits as maps of path to text; what is not in there does not exist. */
async function reading(commits: Record<string, Record<string, string>>) {
  const texts = new Map<string, string>();
  const objects: Pick<RepositoryObjects, "list" | "blob" | "treeOf"> = {
    list: async (commit) =>
      Object.entries(commits[commit] ?? {}).map(([path, text]) => {
        const id = createHash("sha1").update(text).digest("hex");
        texts.set(id, text);
        return { path, mode: "100644", id, size: text.length };
      }),
    blob: async (id) => Buffer.from(texts.get(id) ?? ""),
    treeOf: async (commit) => (commit in commits ? commit : undefined),
  };
  return openReader(repositoryCaches(), key, objects as RepositoryObjects);
}

test("commits that configure the same share what was read once", async () => {
  const reader = await reading({ a: first, b: { ...first, "components/network/main.tf": "# second\n" } });
  const { configuration } = await reader.configuration("a");
  expect(configuration?.components).toHaveLength(1);
  expect((await reader.configuration("b")).configuration).toBe(configuration);
});

test("a file that configures, a directory that is gone and a values file that came are read anew", async () => {
  const reader = await reading({
    a: first,
    text: { ...first, "environments/dev/environment.yaml": "approvals: 2\n" },
    gone: { "plumbline.yaml": plumbline, "environments/dev/environment.yaml": "approvals: 1\n" },
    values: { ...first, "environments/dev/typo.tfvars": "a = 1\n" },
  });
  expect((await reader.configuration("a")).problems).toEqual([]);
  expect((await reader.configuration("text")).configuration?.environments[0]?.approvals).toBe(2);
  expect((await reader.configuration("gone")).problems).not.toEqual([]);
  expect((await reader.configuration("values")).problems).not.toEqual([]);
});

test("what was read before a pinned commit was there is read again once it is", async () => {
  const pin = "c".repeat(40);
  const pinned = {
    ...first,
    "environments/dev/environment.yaml": `approvals: 1\npin: { ref: ${pin} }\n`,
    "environments/dev/storage.tfvars": "a = 1\n",
  };
  const commits: Record<string, Record<string, string>> = { a: pinned, b: pinned };
  const reader = await reading(commits);
  // Nothing can be said of what a commit holds that is not there.
  expect((await reader.configuration("a")).problems).toEqual([]);
  commits[pin] = first;
  expect((await reader.configuration("b")).problems).toMatchObject([{ file: "environments/dev/storage.tfvars" }]);
});

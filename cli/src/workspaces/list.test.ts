import { listWorkspaces } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { workspaceSummary } from "../testing/workspace-summary.ts";

test("workspaces are searched by words, and all pages are one list", async () => {
  await using api = await startFakeApi();
  api.answer(listWorkspaces, ({ query }) => {
    expect(query).toMatchObject({ search: "shop pr", state: "in_sync" });
    return query.cursor === undefined
      ? { items: [workspaceSummary("shop/prod")], cursor: "next", total: 2, inSync: 2 }
      : { items: [workspaceSummary("shop/preview")], cursor: null, total: 2, inSync: 2 };
  });
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const args = ["workspaces", "list", "--search", "shop pr", "--state", "in_sync"];
  const { stdout } = await plumb(args, { env });
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual(["WORKSPACE", "shop/prod", "shop/preview", ""]);
  expect(JSON.parse((await plumb([...args, "--json"], { env })).stdout)).toMatchObject({
    items: [{ name: "shop/prod" }, { name: "shop/preview" }],
    cursor: null,
    total: 2,
    inSync: 2,
  });
});

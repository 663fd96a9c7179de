import { Problem } from "@plumbline/contract";
import { expect, test } from "vitest";
import type { Actor } from "../access/actor.ts";
import { componentFiles, forgeFixture, seedFiles } from "../pull-requests/testing/forge-fixture.ts";
import { readFile } from "./read-file.ts";

const fixture = await forgeFixture();
const { context, platform } = fixture;
const globex: Actor = { ...platform, name: "gina", roles: [{ role: "reader", environments: "globex/*" }] };
let first = "";

async function refused(actor: Actor, path: string, commit?: string): Promise<string> {
  const error: unknown = await readFile(context, actor, "shop", { path, commit }).catch((thrown: unknown) => thrown);
  return error instanceof Problem ? error.code : `not refused: ${JSON.stringify(error)}`;
}

test("seed", async () => {
  const clone = await fixture.clone(platform);
  first = await clone.commit("Rules", {
    CODEOWNERS: seedFiles["CODEOWNERS"] ?? "",
    "environments/dev/environment.yaml": "approvals: 1\n",
    "plumbline.yaml": (componentFiles["plumbline.yaml"] ?? "").replace(
      "[dev, prod]",
      "[dev, globex/prod, initech/prod]",
    ),
    "components/network/main.tf": "",
    "components/database/main.tf": 'password = "hunter2-Zq8vLm3x"\n',
    "environments/globex/prod/environment.yaml": "approvals: 1\n",
    "environments/globex/prod/common.tfvars": "size = 1\n",
    "environments/initech/prod/environment.yaml": "approvals: 1\n",
    "environments/initech/prod/common.tfvars": "size = 2\n",
    "picture.png": "\u0089PNG\u0000\u0000",
    "lines/most.txt": "\n".repeat(20_000),
    "lines/more.txt": "\n".repeat(20_001),
    "lines/long.txt": "x".repeat(500_001),
  });
  const pushed = await clone.push("refs/heads/main");
  expect(pushed.said).toContain("main is set; it declares 6 workspaces");
});

test("a file of main with its owners, a file of a commit, and what is no text", async () => {
  const found = await readFile(context, platform, "shop", { path: "environments/globex/prod/common.tfvars" });
  expect(found).toMatchObject({ commit: first, onMain: true, subject: "Rules", text: "size = 1\n", isCut: false });
  expect(found.owners).toEqual(["@owner", "@owner2", "@platform"]);
  expect((await readFile(context, platform, "shop", { path: "CODEOWNERS", commit: first })).text).toContain("@owner2");
  expect((await readFile(context, platform, "shop", { path: "picture.png" })).text).toBeNull();
});

test("a credential that somebody wrote into a file is not shown", async () => {
  const { text } = await readFile(context, platform, "shop", { path: "components/database/main.tf" });
  expect(text).toContain("password");
  expect(text).not.toContain("hunter2");
});

test("of what no page has room for the beginning is shown", async () => {
  const read = async (path: string) => {
    const { text, isCut } = await readFile(context, platform, "shop", { path });
    return { letters: text?.length, isCut };
  };
  expect(await read("lines/most.txt")).toEqual({ letters: 20_000, isCut: false });
  expect(await read("lines/more.txt")).toEqual({ letters: 20_000, isCut: true });
  expect(await read("lines/long.txt")).toEqual({ letters: 500_000, isCut: true });
});

test("no such file, no such commit, a directory", async () => {
  expect(await refused(platform, "environments/prod/none.tfvars")).toBe("not_found");
  expect(await refused(platform, "CODEOWNERS", "0".repeat(40))).toBe("not_found");
  expect(await refused(platform, "environments")).toBe("not_found");
});

test("who is kept to a client reads the files of its environments on main, and no others", async () => {
  const own = await readFile(context, globex, "shop", { path: "environments/globex/prod/common.tfvars" });
  expect(own).toMatchObject({ text: "size = 1\n", owners: [], subject: null });
  for (const path of ["plumbline.yaml", "CODEOWNERS", "environments/initech/prod/common.tfvars"])
    expect(await refused(globex, path)).toBe("not_found");
  expect(await refused(globex, "environments/globex/../initech/prod/common.tfvars")).toBe("not_found");
});

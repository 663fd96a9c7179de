import { expect, test } from "vitest";
import { findRootModules, homeOf } from "./root-modules.ts";
import { variableFilesOf } from "./source-files.ts";

const call = (source: string) => `module "m" {\n  source = "${source}"\n}\n`;
const roots = (files: Record<string, string>) =>
  Object.fromEntries(
    findRootModules(new Map(Object.entries(files))).map(({ directory, files: own }) => [
      directory,
      [...own.keys()].toSorted(),
    ]),
  );

test("what is called is no root and belongs to its callers", () => {
  expect(
    roots({
      "live/a/main.tf": call("../../modules/x"),
      "live/b/main.tf.json": '{"module": {"m": {"source": "../../modules/x/"}}}',
      "modules/x/main.tf": call("./inner"),
      "modules/x/inner/main.tf": "",
      "modules/unused/main.tofu": "",
    }),
  ).toEqual({
    "live/a": ["live/a/main.tf", "modules/x/inner/main.tf", "modules/x/main.tf"],
    "live/b": ["live/b/main.tf.json", "modules/x/inner/main.tf", "modules/x/main.tf"],
    "modules/unused": ["modules/unused/main.tofu"],
  });
});

test("nothing is left out: circles, modules that call themselves, loose values", () => {
  expect(roots({ "a/main.tf": call("../b"), "b/main.tf": call("../a"), "env/prod.tfvars": "x = " })).toEqual({
    a: ["a/main.tf", "b/main.tf", "env/prod.tfvars"],
  });
  expect(roots({ "main.tf": call("./.") })).toEqual({ ".": ["main.tf"] });
  expect(roots({ "x/only.tfvars": "a = " })).toEqual({ x: ["x/only.tfvars"] });
  expect(roots({})).toEqual({});
});

test("a file is at home in the innermost root module around it, the top of the tree too", () => {
  const home = (path: string, ...directories: string[]) =>
    homeOf(
      path,
      directories.map((directory) => ({ directory })),
    )?.directory;
  expect(home("start.sh", "+ops", ".")).toBe(".");
  expect(home("templates/start.sh", "+ops", ".", "a")).toBe(".");
  expect(home("a/start.sh", ".", "a")).toBe("a");
  expect(home("a/b/start.sh", ".", "a", "a/b")).toBe("a/b");
  expect(home("ab/start.sh", "a", "b")).toBe("a");
  expect(home("start.sh")).toBeUndefined();
});

test("values come in the order in which an engine reads them, then the environment's", () => {
  const paths = [
    "shop/prod.tfvars",
    "shop/b.auto.tfvars",
    "shop/terraform.tfvars",
    "shop/dev.tfvars",
    "environments/prod/shop.tfvars",
    "environments/prod/network.tfvars",
    "environments/prod/common.tfvars",
    "other/terraform.tfvars",
  ];
  expect(variableFilesOf(paths, "shop", "prod")).toEqual([
    "shop/terraform.tfvars",
    "shop/b.auto.tfvars",
    "environments/prod/common.tfvars",
    "environments/prod/shop.tfvars",
    "shop/prod.tfvars",
  ]);
  expect(variableFilesOf(paths, "shop", "")).toEqual(["shop/terraform.tfvars", "shop/b.auto.tfvars"]);
});

import { parseSource } from "@plumbline/policy/sources/parse-source";
import { expect, test } from "vitest";
import { countVerdicts, parityRows } from "./parity.ts";
import type { ParitySide } from "./parity-side.ts";
import { resolveValues } from "./resolve-values.ts";

interface Given {
  own?: string;
  code?: string;
  commit?: string;
  sealed?: string[];
  engineVersion?: string;
  /** Files of a directory of its own. */
  files?: Record<string, string>;
}

const place = { file: "plumbline.yaml", line: 3 };

function side(environment: string, given: Given): ParitySide {
  const { own = "", code = 'variable "size" {}\n', commit = "a".repeat(40), sealed = [], engineVersion, files } = given;
  const items = resolveValues({
    environment,
    engine: "terraform",
    directory: Object.entries({ "main.tf": code, ...files }).map(([name, text]) => parseSource(`db/${name}`, text)),
    common: parseSource(`environments/${environment}/common.tfvars`, "region = 1\n"),
    own: [parseSource(`environments/${environment}/db.tfvars`, own)],
    inputs: [{ variable: "network", component: "network", output: "id" }],
    sealed: sealed.map((variable) => ({ component: "db", variable, version: 1, as: "input", place })),
    times: new Map(),
  });
  const engine = { name: "terraform" as const, version: "~> 1.10" };
  const component = { name: "db", path: "db", layer: "shared", inputs: [], dependsOn: [], modules: [], engine, place };
  return {
    environment,
    values: {
      codeCommit: commit,
      component,
      items,
      problems: [],
      ...(files && {
        own: {
          directory: `live/${environment}/db`,
          files: new Map(Object.entries(files).filter(([name]) => name.endsWith(".tf"))),
        },
      }),
    },
    pin: commit.startsWith("a") ? undefined : { ref: commit, label: "v1" },
    engineVersion,
    resources: 3,
  };
}

function row(name: string, dev: Given, prod: Given) {
  return parityRows([side("dev", dev), side("globex/prod", prod)]).find((one) => one.name === name);
}

test("a difference with its reason is explained; without one the environment is named, and the rule that finds it", () => {
  expect(row("size", { own: "size = 1 # why: small\n" }, { own: "size = 2 # why: big\n" })).toMatchObject({
    verdict: "explained",
    sentence: "small; big",
    rule: null,
  });
  expect(row("size", { own: "size = 1 # why: small\n" }, { own: "size = 2\n" })).toMatchObject({
    verdict: "unexplained",
    sentence: "No reason stands beside it in globex/prod.",
    rule: "environment-value-unexplained",
    cells: [{ wanting: false }, { wanting: true, text: "2", origin: { line: 1 } }],
  });
});

test("one environment's value against the code's default needs a reason, though no rule compares it", () => {
  const code = 'variable "size" {\n  default = 1\n}\n';
  expect(row("size", { code }, { code, own: "size = 2\n" })).toMatchObject({ verdict: "unexplained", rule: null });
  expect(row("size", { code }, { code, own: "size = 2 # why: more\n" })?.verdict).toBe("explained");
  expect(row("size", { code }, { code, own: "size = 1\n" })?.verdict).toBe("same");
});

test("the same value written in two ways is the same, and so is the same output of two networks", () => {
  const own = (text: string) => ({ own: `size = ${text}\n` });
  expect(row("size", own('["a","b"]'), own('[\n  "a",\n  "b",\n]'))?.verdict).toBe("same");
  const code = 'variable "network" {}\nvariable "size" {}\n';
  expect(row("network", { code }, { code })).toMatchObject({
    verdict: "same",
    cells: [{ text: "network/dev.id" }, { text: "network/globex/prod.id" }],
  });
});

test("what has no value somewhere, or is sealed in some only, should not be", () => {
  expect(row("size", { own: "size = 1\n" }, {})).toMatchObject({
    verdict: "forbidden",
    cells: [{ wanting: false }, { text: null, wanting: true }],
  });
  expect(row("size", { own: 'size = "open"\n' }, { sealed: ["size"] })).toMatchObject({
    verdict: "forbidden",
    sentence: "Sealed in globex/prod, but not in dev.",
    cells: [{ wanting: true }, { text: "sealed, version 1" }],
  });
  expect(row("size", { sealed: ["size"] }, { sealed: ["size"] })?.verdict).toBe("same");
});

test("what comes with code of another commit follows the promotion", () => {
  const pinned = { commit: "b".repeat(40) };
  const code = (text: string) => `variable "size" {\n  default = ${text}\n}\n`;
  expect(row("size", { code: code("1") }, { code: code("2"), ...pinned })?.verdict).toBe("follows");
  expect(row("more", { code: 'variable "more" {\n  default = 1\n}\n' }, pinned)?.verdict).toBe("follows");
  expect(row("code", {}, pinned)).toMatchObject({
    verdict: "explained",
    cells: [{ text: "main, aaaaaaaa" }, { text: "v1" }],
  });
});

test("where each environment has a directory, what differs between them is told by its file, pins or not", () => {
  const own = { "main.tf": "a", "variables.tf": "b" };
  expect(row("directories", { files: own }, { files: own })).toMatchObject({
    verdict: "same",
    cells: [{ text: "live/dev/db" }, { text: "live/globex/prod/db" }],
  });
  const other = { files: { "main.tf": "c", "more.tf": "d" }, commit: "b".repeat(40) };
  expect(row("directories", { files: own }, other)).toMatchObject({
    verdict: "unexplained",
    sentence: "On main they differ in main.tf, more.tf, variables.tf: make what differs a variable.",
  });
  expect(row("code", { files: own }, other)?.verdict).toBe("explained");
  expect(row("directories", {}, {})).toBeUndefined();
});

test("values that the engine reads in an environment's own directory are the environment's, and need a reason", () => {
  const files = (size: string) => ({
    files: { "main.tf": 'variable "size" {}\n', "terraform.tfvars": `size = ${size}\n` },
  });
  expect(row("size", files("1 # why: few"), files("2 # why: many"))?.verdict).toBe("explained");
  expect(row("size", files("1 # why: few"), files("2"))).toMatchObject({
    verdict: "unexplained",
    sentence: "No reason stands beside it in globex/prod.",
  });
});

test("one version of the engine everywhere; the odd one is named", () => {
  const sides = ["dev", "test", "prod"].map((name) =>
    side(name, { own: "size = 1\n", engineVersion: name === "prod" ? "1.10.9" : "1.11.0" }),
  );
  const rows = parityRows(sides);
  expect(rows[0]).toMatchObject({ kind: "engine", verdict: "forbidden" });
  expect(rows[0]?.cells.filter(({ wanting }) => wanting).map(({ environment }) => environment)).toEqual(["prod"]);
  expect(countVerdicts(rows)).toMatchObject({ forbidden: 1, unexplained: 0 });
});

test("what all components' file says and this one does not use is not compared", () => {
  expect(row("region", {}, {})).toBeUndefined();
});

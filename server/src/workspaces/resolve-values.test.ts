import { parseSource } from "@plumbline/policy/sources/parse-source";
import { expect, test } from "vitest";
import { resolveValues } from "./resolve-values.ts";
import type { ValueParts } from "./resolve-values.ts";

const file = (path: string, text: string) => parseSource(path, text);
const place = (line: number) => ({ file: "environments/prod/sealed.yaml", line });
const sealed = (component: string, variable: string, version: number) =>
  ({ component, variable, version, as: "input", place: place(version) }) as const;

const parts: ValueParts = {
  environment: "globex/prod",
  engine: "terraform",
  directory: [],
  common: undefined,
  own: [],
  inputs: [],
  sealed: [],
  times: new Map(),
};

test("the strongest wins, and everything it wins over is told with its place", () => {
  const items = resolveValues({
    ...parts,
    directory: [
      file(
        "c/variables.tf",
        'variable "size" {\n  type        = number\n  description = "How big"\n  default     = 1\n}\n',
      ),
      file("c/terraform.tfvars", "size = 2\n"),
      file("c/a.auto.tfvars", "size = 3\n"),
      file("c/b.auto.tfvars", "size = 4\n"),
    ],
    inputs: [{ variable: "size", component: "network", output: "id" }],
    sealed: [sealed("common", "size", 8), sealed("db", "size", 9)],
    common: file("environments/globex/prod/common.tfvars", "size = 5\n"),
    own: [
      file("db/all.tfvars", "size = 5.5\n"),
      file("environments/globex/prod/db.tfvars", "# why: three years\n# of orders\nsize = 6\n"),
    ],
    times: new Map([["db size 9", new Date("2026-11-01T00:00:00Z")]]),
  });
  expect(items).toHaveLength(1);
  const [size] = items;
  expect(size).toMatchObject({
    type: "number",
    description: "How big",
    declared: { file: "c/variables.tf", line: 1 },
    origin: { source: "workspace_file", value: "6", line: 3, why: "three years of orders" },
  });
  expect(size?.overrides.map(({ source, value, version, from }) => [source, value ?? version ?? from])).toEqual([
    ["workspace_file", "5.5"],
    ["environment_file", "5"],
    ["component_file", "4"],
    ["component_file", "3"],
    ["component_file", "2"],
    ["sealed", 9],
    ["sealed", 8],
    ["input", "network/globex/prod.id"],
    ["default", "1"],
  ]);
  expect(size?.overrides[5]).toMatchObject({ owner: "db", setAt: "2026-11-01T00:00:00.000Z", line: 9 });
});

test("what the code calls sensitive is never shown, whoever sets it; what nothing sets has no origin", () => {
  const [password, unset] = resolveValues({
    ...parts,
    directory: [
      file("c/variables.tf", 'variable "password" {\n  sensitive = true\n  default = "hush"\n}\nvariable "unset" {}\n'),
    ],
    own: [file("environments/prod/db.tfvars", 'password = "open"\n')],
  });
  expect(password?.sensitive).toBe(true);
  expect([password?.origin, ...(password?.overrides ?? [])].map((origin) => origin?.value)).toEqual([null, null]);
  expect(unset).toMatchObject({ name: "unset", origin: null, overrides: [] });
});

test("override files replace, and each engine loads its own files", () => {
  const directory = [
    file("c/override.tf", 'variable "a" {\n  default = "overridden"\n}\n'),
    file("c/variables.tf", 'variable "a" {\n  default = "plain"\n  type = string\n}\n'),
    file("c/variables.tofu", 'variable "a" {\n  default = "tofu"\n}\n'),
  ];
  const shown = (engine: ValueParts["engine"]) =>
    resolveValues({ ...parts, directory, engine }).map(({ type, origin }) => [type, origin?.value]);
  expect(shown("terraform")).toEqual([["string", '"overridden"']]);
  expect(shown("tofu")).toEqual([[null, '"overridden"']]);
  expect(resolveValues({ ...parts, engine: "tofu", directory: directory.slice(1) })[0]?.origin?.value).toBe('"tofu"');
});

test("a sealed variable of the engine's process is no variable of the code", () => {
  const reference = { ...sealed("db", "AWS_TOKEN", 1), as: "environment" as const };
  expect(resolveValues({ ...parts, sealed: [reference] })).toEqual([]);
});

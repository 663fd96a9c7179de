import { expect, test } from "vitest";
import { environmentBefore } from "./configuration.ts";
import { readConfiguration } from "./reading/read-configuration.ts";

const names = ["dev", "globex/test", "initech/test", "staging", "globex/prod", "initech/prod", "hooli/prod"];
const { configuration } = readConfiguration(
  new Map([
    [
      "plumbline.yaml",
      `version: 1
layers: [platform]
components: { network: { path: network, layer: platform } }
environments: [${names.join(", ")}]
engine: { name: terraform, version: "~> 1.10" }
`,
    ],
    ...names.map((name): [string, string] => [`environments/${name}/environment.yaml`, ""]),
  ]),
);

test.each([
  ["dev", undefined],
  ["globex/test", "dev"],
  ["initech/test", "dev"],
  ["staging", "dev"],
  ["globex/prod", "staging"],
  ["hooli/prod", "staging"],
  ["nowhere", undefined],
])("before %s comes %s: never another client's", (name, expected) => {
  if (configuration === undefined) throw new Error("unreadable");
  expect(environmentBefore(configuration, name)?.name).toBe(expected);
});

import { expect, test } from "vitest";
import { findEnvironment, notNeededIn } from "../configuration.ts";
import { readConfiguration } from "./read-configuration.ts";

const repository = (more: string) => `version: 1
layers: [platform]
components: { network: { path: network, layer: platform } }
environments: [dev, globex/prod]
engine: { name: terraform, version: "~> 1.10" }
${more}`;

function read(more: string, environment: string) {
  return readConfiguration(
    new Map([
      ["plumbline.yaml", repository(more)],
      ["environments/dev/environment.yaml", ""],
      ["environments/globex/prod/environment.yaml", environment],
    ]),
  );
}

test("parts that need not be code are said for all environments or for one, which is the stronger", () => {
  const { configuration, problems } = read(
    "scope:\n  accounts: { not_needed: the landing zone makes the accounts }\n",
    'owner: "@ada"\nscope:\n  accounts: { not_needed: globex has one account of its own }\n  compute:\n    not_needed: globex runs nothing here\n',
  );
  expect(problems).toEqual([]);
  if (configuration === undefined) throw new Error("unreadable");
  const [dev, prod] = [findEnvironment(configuration, "dev"), findEnvironment(configuration, "globex/prod")];
  if (dev === undefined || prod === undefined) throw new Error("an environment is missing");
  expect(notNeededIn(configuration, dev, "accounts")).toEqual({
    category: "accounts",
    reason: "the landing zone makes the accounts",
    place: { file: "plumbline.yaml", line: 7, column: 3 },
  });
  expect(notNeededIn(configuration, dev, "compute")).toBeUndefined();
  expect(notNeededIn(configuration, prod, "accounts")?.reason).toBe("globex has one account of its own");
  expect(notNeededIn(configuration, prod, "compute")?.place).toMatchObject({ line: 4 });
  expect(prod).toMatchObject({ owner: "@ada", places: { owner: { line: 1 } } });
});

test.each([
  ["scope: { accounts: { not_needed: no } }", "say why it is not needed"],
  ["scope: { acounts: { not_needed: the landing zone makes them } }", "acounts"],
  ["owner: ada", "write @name"],
])("%s is a mistake with its place", (text, message) => {
  const { configuration, problems } = read("", text);
  expect(configuration).toBeUndefined();
  expect(problems[0]).toMatchObject({ file: "environments/globex/prod/environment.yaml", line: 1 });
  expect(`${problems[0]?.message} ${problems[0]?.proposal ?? ""}`).toContain(message);
});

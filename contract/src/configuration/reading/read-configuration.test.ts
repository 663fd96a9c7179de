import { describe, expect, it } from "vitest";
import { findEnvironment, pinOf } from "../configuration.ts";
import { formatConfigurationProblem } from "../problem.ts";
import { readConfiguration } from "./read-configuration.ts";
import { workspaces } from "../workspaces.ts";

const commit = "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812";
const plumbline = `version: 1
layers: [platform, shared, application]
components:
  shop:     { path: components/shop, layer: application, depends_on: [database], inputs: { vpc_id: network.vpc_id } }
  network:  { path: components/network,  layer: platform }
  database: { path: components/database, layer: shared, inputs: { vpc_id: network.vpc_id } }
environments: [dev, globex/prod]
engine: { name: tofu, version: "~> 1.10" }
`;

function read(changes: Record<string, string | undefined> = {}, options = {}) {
  const files = new Map<string, string>([
    ["plumbline.yaml", plumbline],
    ["environments/dev/environment.yaml", ""],
    ["environments/globex/prod/environment.yaml", "approvals: 2\n"],
  ]);
  for (const [path, text] of Object.entries(changes)) {
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return readConfiguration(files, options);
}

function lines(changes: Record<string, string | undefined>, options = {}): string[] {
  return read(changes, options).problems.map(formatConfigurationProblem);
}

describe("a repository without mistakes", () => {
  it("gives components in dependency order and workspaces by environment", () => {
    const { configuration, problems } = read();
    expect(problems).toEqual([]);
    expect(configuration && workspaces(configuration).map((workspace) => workspace.name)).toEqual([
      "network/dev",
      "database/dev",
      "shop/dev",
      "network/globex/prod",
      "database/globex/prod",
      "shop/globex/prod",
    ]);
    const shop = configuration?.components.at(-1);
    expect(shop).toMatchObject({
      name: "shop",
      dependsOn: ["database", "network"],
      inputs: [{ variable: "vpc_id", component: "network", output: "vpc_id" }],
      engine: { name: "tofu", version: "~> 1.10" },
      place: { file: "plumbline.yaml", line: 4 },
    });
  });

  it("reads rules, pins, schedules, values and sealed references of an environment of a client", () => {
    const { configuration, problems } = read(
      {
        "environments/globex/prod/environment.yaml": `pin: { ref: ${commit}, label: "2026.46", components: { database: { ref: ${commit.replace("8", "9")} } } }
approvals: 2
ticket: { required: true, pattern: "[A-Z]+-[0-9]+", url: "https://tickets.example.com/browse/{ticket}" }
credentials: prod
drift: { every: 15m, components: { database: { every: 15s } } }
propose: ["@dev", "@acme/shop"]
`,
        "environments/globex/prod/sealed.yaml":
          "database:\n  password: { version: 3 }\ncommon:\n  TOKEN: { version: 1, as: environment, phases: apply }\n",
        "environments/globex/prod/common.tfvars": "",
        "environments/globex/prod/shop.tfvars": "",
      },
      { componentsAt: () => ["network", "database", "shop"] },
    );
    expect(problems).toEqual([]);
    const prod = configuration && findEnvironment(configuration, "globex/prod");
    expect(prod).toMatchObject({
      client: "globex",
      approvals: 2,
      credentials: "prod",
      ticket: { required: true, pattern: "[A-Z]+-[0-9]+" },
      drift: { every: 900, components: [{ component: "database", every: 15 }] },
      propose: ["@dev", "@acme/shop"],
      values: ["common", "shop"],
      sealed: [
        { component: "common", variable: "TOKEN", version: 1, as: "environment", phases: "apply" },
        { component: "database", variable: "password", version: 3, as: "input", phases: "both" },
      ],
      places: { approvals: { file: "environments/globex/prod/environment.yaml", line: 2 } },
    });
    expect(prod && pinOf(prod, "database")?.ref).toMatch(/^9c1f/);
    expect(prod && pinOf(prod, "shop")).toEqual({ ref: commit, label: "2026.46" });
  });

  it("may hold rules alone, before there is any component", () => {
    const { configuration } = read({ "plumbline.yaml": plumbline.replace(/components:\n(?: {2}.*\n)+/, "") });
    expect(configuration?.components).toEqual([]);
  });
});

describe("a pin that looks like a number", () => {
  it.each(["1".repeat(40), `12e${"3".repeat(37)}`, "0".repeat(64)])("%s is still a commit id", (ref) => {
    const { configuration } = read({ "environments/dev/environment.yaml": `pin: { ref: ${ref} }` });
    expect(configuration?.environments[0]?.pin?.ref).toBe(ref);
  });
});

describe("a mistake is named with file, line and a proposal", () => {
  const replaced = (from: string, to: string) => ({ "plumbline.yaml": plumbline.replace(from, to) });
  const cases: [string, Record<string, string | undefined>, string][] = [
    [
      "an unknown component",
      replaced("[database]", "[databse]"),
      "plumbline.yaml:4: unknown component “databse”. Did you mean database?",
    ],
    [
      "an unknown component in an input",
      replaced("{ vpc_id: network.vpc_id } }\nenv", "{ vpc_id: netwrok.vpc_id } }\nenv"),
      "plumbline.yaml:6: unknown component “netwrok”. Did you mean network?",
    ],
    [
      "an unknown layer",
      replaced("layer: shared", "layer: shard"),
      "plumbline.yaml:6: unknown layer “shard”. Did you mean shared?",
    ],
    [
      "an unknown key",
      replaced("path: components/network", "pth: x, path: components/network"),
      "plumbline.yaml:5: unknown key “pth” in components.network. Did you mean path?",
    ],
    [
      "a wrong type",
      replaced("layers: [platform, shared, application]", "layers: platform"),
      "plumbline.yaml:2: layers must be a list, but is the text “platform”",
    ],
    ["a missing key", replaced(",  layer: platform", ""), "plumbline.yaml:5: components.network.layer is missing"],
    [
      "a cycle",
      replaced(
        "{ path: components/network,  layer: platform }",
        "{ path: components/network, layer: platform, depends_on: [network] }",
      ),
      "plumbline.yaml:5: the components depend on each other in a circle: network → network",
    ],
    [
      "a longer cycle",
      {
        "plumbline.yaml": plumbline.replace(
          "layer: shared, inputs: { vpc_id: network.vpc_id }",
          "layer: application, depends_on: [shop]",
        ),
      },
      "plumbline.yaml:4: the components depend on each other in a circle: shop → database → shop",
    ],
    [
      "a dependency on a later layer",
      replaced(
        "{ path: components/network,  layer: platform }",
        "{ path: components/network, layer: platform, depends_on: [database] }",
      ),
      "plumbline.yaml:5: network is in layer platform and cannot depend on database, which is in the later layer shared",
    ],
    [
      "a repeated key",
      replaced("environments:", "version: 1\nenvironments:"),
      "plumbline.yaml:7: the key “version” stands here again; it is already in line 1",
    ],
    [
      "a path outside",
      replaced("components/network", "../network"),
      "plumbline.yaml:5: components.network.path is “../network”: the path leads outside the repository",
    ],
    [
      "one path twice",
      replaced("components/network", "./components/shop/"),
      "plumbline.yaml:5: shop and network have the same path “components/shop”",
    ],
    [
      "an environment without folder",
      replaced("[dev, globex/prod]", "[dev, tst, globex/prod]"),
      "plumbline.yaml:7: environment “tst” is listed, but there is no environments/tst/environment.yaml",
    ],
    [
      "a folder that is not listed",
      { "environments/uat/environment.yaml": "" },
      "environments/uat/environment.yaml:1: unknown environment “uat”: plumbline.yaml does not list it",
    ],
    [
      "a wrong engine",
      replaced("name: tofu", "name: tofuu"),
      "plumbline.yaml:8: engine.name must be terraform or tofu, but is “tofuu”. Did you mean tofu?",
    ],
    [
      "a wrong constraint",
      replaced("~> 1.10", "about 1"),
      "plumbline.yaml:8: engine.version is “about 1”: this is not a version constraint; one looks like ~> 1.10",
    ],
    [
      "a short pin",
      { "environments/dev/environment.yaml": "approvals: 1\npin: { ref: 8c1f0e2 }" },
      "environments/dev/environment.yaml:2: pin.ref is “8c1f0e2”: a pin is a full commit id of 40 or 64 small hexadecimal digits",
    ],
    [
      "a wrong duration",
      { "environments/dev/environment.yaml": "drift: { every: 15 minutes }" },
      "environments/dev/environment.yaml:1: drift.every is “15 minutes”: a duration is a whole number and s, m, h or d: 15m",
    ],
    [
      "a dangerous pattern",
      { "environments/dev/environment.yaml": 'ticket: { required: true, pattern: "(a+)+" }' },
      "environments/dev/environment.yaml:1: ticket.pattern is “(a+)+”: the pattern repeats a group with “+”, which is not allowed",
    ],
    [
      "values of an unknown component",
      { "environments/dev/netwrk.tfvars": "" },
      "environments/dev/netwrk.tfvars:1: unknown component “netwrk”. Did you mean network?",
    ],
    [
      "a sealed variable of an unknown component",
      { "environments/dev/sealed.yaml": "shp:\n  a: { version: 1 }" },
      "environments/dev/sealed.yaml:1: unknown component “shp”. Did you mean shop?",
    ],
    [
      "no plumbline.yaml",
      { "plumbline.yaml": undefined },
      "plumbline.yaml:1: the repository has no plumbline.yaml; it names layers, components, environments and engine",
    ],
    [
      "an alias",
      { "environments/dev/environment.yaml": "propose: &a [x]\nticket: *a" },
      "environments/dev/environment.yaml:1: anchors and aliases are not allowed; write the value out",
    ],
    [
      "a key that would reach a prototype",
      replaced("  network:", "  __proto__: {}\n  network:"),
      "plumbline.yaml:5: the key “__proto__” is not allowed",
    ],
    [
      "a rename from what still exists",
      replaced("layer: platform }", "layer: platform, renamed_from: shop }"),
      "plumbline.yaml:5: network cannot be renamed from shop: that component still exists",
    ],
  ];
  it.each(cases)("%s", (_, changes, expected) => {
    expect(lines(changes)).toContain(expected);
    expect(read(changes).configuration).toBeUndefined();
  });

  it("a component whose directory does not exist, where directories are known", () => {
    const options = { hasDirectory: (path: string) => path !== "components/shop" };
    expect(lines({}, options)).toEqual(["plumbline.yaml:4: there is no directory “components/shop”"]);
  });

  it("says nothing about components of a pinned commit that it does not know", () => {
    const pinned = {
      "environments/dev/environment.yaml": `pin: { ref: ${commit} }`,
      "environments/dev/old.tfvars": "",
    };
    expect(lines(pinned)).toEqual([]);
    expect(lines(pinned, { componentsAt: () => ["old"] })).toEqual([]);
    expect(lines(pinned, { componentsAt: () => ["olf"] })).toHaveLength(1);
  });
});

describe("hostile files end in a problem, at once", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from("bcdefghi", (name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(",")}]`).join("\n")}`;
  const cases: [string, string][] = [
    ["aliases that multiply", bomb],
    ["deep brackets", "[".repeat(300_000)],
    ["deep indentation", Array.from({ length: 900 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    ["deep lists", "- ".repeat(100_000)],
    ["many keys", Array.from({ length: 90_000 }, (_, index) => `k${index}: 1`).join("\n")],
    ["too large", "#".repeat(2_000_000)],
    ["a binary", "\u0000\u0001\uFFFE"],
    ["a constructor", "constructor: { prototype: { x: 1 } }\nversion: 1"],
    ["a tag", "version: !!js/function 'x'"],
    ["two documents", "version: 1\n---\nversion: 1"],
  ];
  it.each(cases)("%s", (_, text) => {
    const result = read({ "plumbline.yaml": text });
    expect(result.configuration).toBeUndefined();
    expect(result.problems.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("a name with line breaks and control characters stays on one line of the message", () => {
    const text = plumbline.replace("[database]", '["data\\nbase\\u001b[31m"]');
    for (const line of lines({ "plumbline.yaml": text })) expect(line).not.toMatch(/\p{Cc}/u);
  });
});

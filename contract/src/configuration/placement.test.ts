import { describe, expect, it } from "vitest";
import { findComponent, findEnvironment } from "./configuration.ts";
import { comesFromMain, directoryIn, nameThere, ownValuesFile, valuesFiles } from "./placement.ts";
import { formatConfigurationProblem } from "./problem.ts";
import { isConfigurationFile, readConfiguration } from "./reading/read-configuration.ts";
import { workspaces } from "./workspaces.ts";

const environments = ["dev", "prod", "globex/test", "globex/prod"];

/** Reads a repository with these components; `files` are all there are besides the environments'. */
function read(components: string, files: string[] = [], named = environments) {
  const texts = new Map([
    [
      "plumbline.yaml",
      `version: 1\nlayers: [application]\nenvironments: [${named.join(", ")}]\nengine: { name: tofu, version: "~> 1.10" }\ncomponents:\n${components}`,
    ],
    ...named.map((name): [string, string] => [`environments/${name}/environment.yaml`, ""]),
    ...files.filter(isConfigurationFile).map((path): [string, string] => [path, ""]),
  ]);
  const directories = new Set(files.flatMap((path) => path.split("/").map((_, at, all) => all.slice(0, at).join("/"))));
  return readConfiguration(texts, {
    hasDirectory: (path) => directories.has(path),
    hasFile: (path) => files.includes(path),
  });
}

const lines = (...of: Parameters<typeof read>): string[] => read(...of).problems.map(formatConfigurationProblem);
const network = (rest: string) => `  network:\n    layer: application\n${rest.replaceAll(/^/gm, "    ")}\n`;
const anythingLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const everywhere = environments.map((name) => `live/${name}/network/main.tf`);

describe("a component that is the repository itself", () => {
  it("is one workspace in each environment; no second component lies there", () => {
    const { configuration, problems } = read(network("path: .\nvalues: vars/{environment}.tfvars"), [
      "main.tf",
      ...environments.map((name) => `vars/${name}.tfvars`),
    ]);
    expect(problems).toEqual([]);
    expect(configuration && workspaces(configuration).map(({ name }) => name)).toHaveLength(4);
    const second = "  shop: { path: ./, layer: application }\n";
    expect(lines(network("path: .") + second)).toEqual([anythingLike(/network and shop have the same path “\.”/)]);
  });
});

describe("a path with placeholders", () => {
  it("is a directory in each environment, and what exists in some only has workspaces there only", () => {
    const partial = `  dns: { path: dns, layer: application, environments: ["globex/*", dev] }\n`;
    const { configuration, problems } = read(network("path: live/{environment}/{component}/") + partial, [
      ...everywhere,
      "dns/main.tf",
    ]);
    expect(problems).toEqual([]);
    if (configuration === undefined) throw new Error("it is readable");
    expect(workspaces(configuration).map(({ name }) => name)).toEqual([
      "network/dev",
      "dns/dev",
      "network/prod",
      "network/globex/test",
      "dns/globex/test",
      "network/globex/prod",
      "dns/globex/prod",
    ]);
    const component = findComponent(configuration, "network");
    expect(component && directoryIn(component, "globex/prod")).toBe("live/globex/prod/network");
  });

  it("may name client and stage apart, where every environment it exists in has a client", () => {
    const path = "path: clients/{client}/{short}/network\n";
    const files = ["clients/globex/prod/network/main.tf", "clients/globex/test/network/main.tf"];
    expect(lines(network(`${path}environments: ["globex/*"]`), files)).toEqual([]);
    expect(lines(network(path), files)).toEqual([
      "plumbline.yaml:8: dev belongs to no client, which {client} stands for; name the environments that do: environments: [<client>/*]",
    ]);
  });

  it.each([
    [
      "path: live/{env}/network",
      "plumbline.yaml:8: unknown placeholder “{env}”; there are {environment}, {component}, {client}, {short}. Did you mean {environment}?",
    ],
    ["path: live/{stage}", /Did you mean \{short\}\?$/],
    ["path: live/{enviroment}", /Did you mean \{environment\}\?$/],
    ["path: live/{environment", "plumbline.yaml:8: a brace of “live/{environment” belongs to no placeholder"],
    [
      "path: live/{environment}/network\nvalues: vars/{x}.tfvars",
      /^plumbline.yaml:9: unknown placeholder “\{x\}”/,
      everywhere,
    ],
    [
      "path: life/{environment}/network",
      "plumbline.yaml:8: “life/{environment}/network” is a directory in no environment: there is no “life/dev/network”",
    ],
    [
      "path: live/{environment}/network",
      "plumbline.yaml:8: there is no directory “live/prod/network”, so network has no code in prod; say so where network exists in some environments only: environments: [dev, globex/test, globex/prod]",
      everywhere.filter((path) => path !== "live/prod/network/main.tf"),
    ],
    [
      "path: live/{environment}/network\nenvironments: [dev, prod]",
      "plumbline.yaml:8: there is no directory “live/prod/network”, so network has no code in prod; take prod out of its environments, or add the directory",
      ["live/dev/network/main.tf"],
    ],
    [
      "path: live/{environment}/network\nenvironments: [dev, pord, dev]",
      [
        "plumbline.yaml:9: unknown environment “pord”. Did you mean prod?",
        "plumbline.yaml:9: “dev” stands in the environments of network twice",
      ],
      everywhere,
    ],
    [
      "path: live/{environment}/network\nenvironments: []",
      /a component exists in at least one environment/,
      everywhere,
    ],
    [
      "path: live/{environment}/network\nenvironments: [initech/*]",
      "plumbline.yaml:9: unknown environment “initech/*”",
      everywhere,
    ],
    ["path: environments/dev/network", /only within its environment's own folder/],
  ])("%s is wrong", (entry, expected, files: string[] = []) => {
    expect(lines(network(entry), files)).toEqual(
      [expected].flat().map((one): unknown => (typeof one === "string" ? one : anythingLike(one))),
    );
  });

  it.each(["path: {environment}/network", "path: {environment}", "{ path: live/{environment}/x, layer: a }"])(
    "that YAML takes for a mapping is explained: %s",
    (entry) => {
      expect(lines(network(entry)).join("\n")).toContain(
        'A path with {…} needs quotes here: path: "live/{environment}/network"',
      );
    },
  );

  it("is no other component's directory, and none of its own lies within another", () => {
    const other = "  vpc: { path: live/dev/network, layer: application }\n";
    expect(lines(network("path: live/{environment}/network") + other, everywhere)).toEqual([
      "plumbline.yaml:9: network and vpc have the same path “live/dev/network”",
    ]);
    const files = ["live/globex/main.tf", "live/globex/prod/main.tf"];
    expect(lines(network("path: live/{environment}"), files, ["globex", "globex/prod"])).toEqual([
      "plumbline.yaml:8: its directory in globex, “live/globex”, holds the one in globex/prod, “live/globex/prod”",
    ]);
  });
});

it("an output of a component that is not everywhere is taken only where it is; an order alone is no matter", () => {
  const upstream = (rest: string) =>
    `  base: { path: base, layer: application, environments: [dev] }\n  shop: { path: shop, layer: application, ${rest} }\n`;
  const files = ["base/main.tf", "shop/main.tf"];
  expect(lines(upstream("inputs: { id: base.id }"), files)).toEqual([
    "plumbline.yaml:7: shop takes id of base, which does not exist in prod, globex/test, globex/prod; shop can exist only where base does",
  ]);
  expect(lines(upstream("inputs: { id: base.id }, environments: [dev]"), files)).toEqual([]);
  const { configuration } = read(upstream("depends_on: [base]"), files);
  expect(configuration && workspaces(configuration).map(({ name, dependsOn }) => [name, ...dependsOn])).toEqual([
    ["base/dev"],
    ["shop/dev", "base/dev"],
    ["shop/prod"],
    ["shop/globex/test"],
    ["shop/globex/prod"],
  ]);
});

it("what an environment's files say of a component that is not there is a mistake", () => {
  const dns = "  dns: { path: dns, layer: application, environments: [prod] }\n";
  const files = ["dns/main.tf", "environments/dev/dns.tfvars", "environments/prod/dns.tfvars"];
  expect(lines(dns, files)).toEqual(["environments/dev/dns.tfvars:1: component dns does not exist in dev"]);
});

describe("values at other places", () => {
  const code = ["app/main.tf"];
  const app = (rest: string) => network(`path: app\nenvironments: [dev, globex/prod]\n${rest}`);

  it("are given in order after what all components share, and are its own for good", () => {
    const files = ["app/all.tfvars", "app/dev.tfvars", "app/globex/prod.tfvars", "environments/dev/common.tfvars"];
    const { configuration, problems } = read(app("values: [app/all.tfvars, 'app/{environment}.tfvars']"), [
      ...code,
      ...files,
    ]);
    expect(problems).toEqual([]);
    const [dev, prod] = ["dev", "prod"].map((name) => configuration && findEnvironment(configuration, name));
    expect(dev && valuesFiles(dev, "network")).toEqual([
      "environments/dev/common.tfvars",
      "app/all.tfvars",
      "app/dev.tfvars",
    ]);
    expect(dev && ownValuesFile(dev, "network")).toBe("app/dev.tfvars");
    expect(dev && ownValuesFile(dev, "other")).toBe("environments/dev/other.tfvars");
    expect(prod && valuesFiles(prod, "network")).toEqual(["app/all.tfvars"]);
    const isFromMain = configuration && comesFromMain(configuration);
    expect([...files, ...code, "environments/dev/sealed.yaml"].filter((path) => isFromMain?.(path))).toEqual([
      ...files,
      "environments/dev/sealed.yaml",
    ]);
  });

  it.each([
    [
      "values: 'app/{environment}.tfvars'",
      ["app/dev.tfvars"],
      "plumbline.yaml:10: there is no file “app/globex/prod.tfvars”, where the values of network in globex/prod should be; one without values may be empty",
    ],
    ["values: app/x.tfvars", [], "plumbline.yaml:10: there is no file “app/x.tfvars”; one without values may be empty"],
    [
      "values: app/x.tfvars.json",
      ["app/x.tfvars.json"],
      "plumbline.yaml:10: “app/x.tfvars.json” is no .tfvars file; values are read from those only, written as HCL",
    ],
    [
      "values: app/x.tfvars",
      ["app/x.tfvars", "environments/dev/network.tfvars"],
      "environments/dev/network.tfvars:1: nobody reads this file: plumbline.yaml names other values of network, “app/x.tfvars”",
    ],
    ["values: ../x.tfvars", [], /leads outside the repository/],
    ["values: 5", [], "plumbline.yaml:10: components.network.values is “5”: write a path, or a list of paths"],
  ])("%s with %j is wrong", (entry, files, expected) => {
    const found = lines(app(entry), [...code, ...files]);
    expect(found).toEqual([typeof expected === "string" ? expected : anythingLike(expected)]);
  });
});

it("components lie in the folders of their environments, whose rules and shared values stay the environment's", () => {
  const files = [
    ...environments.flatMap((name) => [
      `environments/${name}/main.tf`,
      `environments/${name}/terraform.tfvars`,
      `environments/${name}/dns/x.tfvars`,
      `environments/${name}/dns/main.tf`,
    ]),
    "environments/dev/common.tfvars",
  ];
  const two = `${network("path: environments/{environment}")}  dns:\n    path: environments/{environment}/dns\n    layer: application\n`;
  const { configuration, problems } = read(two, files);
  expect(problems).toEqual([]);
  const dev = configuration && findEnvironment(configuration, "dev");
  expect(dev && valuesFiles(dev, "network")).toEqual(["environments/dev/common.tfvars"]);
  const isFromMain = configuration && comesFromMain(configuration);
  expect(files.filter((path) => isFromMain?.(path))).toEqual(["environments/dev/common.tfvars"]);
  expect(lines(two, [...files, "environments/dev/other.tfvars"])).toEqual([
    expect.stringContaining("environments/dev/other.tfvars:1: unknown component “other”"),
  ]);
  expect(lines(two, [...files, "environments/staging/x.tfvars"])).toEqual([
    expect.stringContaining("unknown environment “staging”"),
  ]);
});

it("a commit from before a renaming knows the environment by its former name", () => {
  const { configuration } = read(network("path: live/{environment}/network"), everywhere);
  const name = (own: string, renamedFrom: string) =>
    configuration && nameThere(configuration, { name: own, renamedFrom });
  expect([name("live", "prod"), name("dev", "prod"), name("new", "gone")]).toEqual(["prod", "dev", "new"]);
});

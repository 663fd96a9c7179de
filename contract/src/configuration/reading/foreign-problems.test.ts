import { expect, test } from "vitest";
import type { Configuration } from "../configuration.ts";
import { foreignProblems } from "./foreign-problems.ts";
import { readConfiguration } from "./read-configuration.ts";

function read(components: string, more = ""): { configuration: Configuration | undefined; problems: string[] } {
  const text = `version: 1\nlayers: [platform]\ncomponents: ${components}\nenvironments: [dev, prod]\nengine: { name: tofu, version: "1" }\n${more}`;
  const files = new Map([
    ["plumbline.yaml", text],
    ["environments/dev/environment.yaml", ""],
    ["environments/prod/environment.yaml", ""],
  ]);
  const { configuration, problems } = readConfiguration(files);
  return { configuration, problems: problems.map(({ line, message }) => `${line}: ${message}`) };
}

function main(components: string, more = ""): Configuration {
  const { configuration, problems } = read(components, more);
  if (configuration === undefined) throw new Error(problems.join());
  return configuration;
}

const taking = (reference: string, environments = "") =>
  main(`\n  shop: { path: shop, layer: platform, ${environments} inputs: { vpc_id: ${reference} } }`);
const platform = main(
  "\n  network: { path: network, layer: platform }\n  dns: { path: dns, layer: platform, environments: [prod] }",
  "exports: { network: [vpc_id], dns: [zone] }\n",
);
const others = [
  { name: "platform", configuration: platform },
  { name: "broken", configuration: undefined },
];
const wrong = (configuration: Configuration, neighbours: Parameters<typeof foreignProblems>[1] = others) =>
  foreignProblems({ name: "shop", configuration }, neighbours).map(({ line, message }) => `${line}: ${message}`);

test("an input names repository, component and output, and depends on nothing in its own repository", () => {
  const [shop] = taking("{ repository: platform, component: network, output: vpc_id }").components;
  expect(shop).toMatchObject({
    inputs: [],
    dependsOn: [],
    foreignInputs: [{ variable: "vpc_id", repository: "platform", component: "network", output: "vpc_id" }],
  });
  expect(platform.exports?.[0]).toMatchObject({
    component: "network",
    outputs: [{ name: "vpc_id", place: { line: 8 } }],
  });
  expect(read("{ a: { path: a, layer: platform, inputs: { x: 5 } } }").problems).toEqual([
    expect.stringContaining("an input is component.output, or {repository, component, output}"),
  ]);
  expect(read("{ a: { path: a, layer: platform } }", "exports: { b: [x], a: [y, y] }\n").problems).toEqual([
    expect.stringContaining("unknown component “b”"),
    expect.stringContaining("“y” stands in exports.a twice"),
  ]);
});

test.each([
  ["{ repository: platform, component: network, output: vpc_id }", []],
  [
    "{ repository: platfrom, component: network, output: vpc_id }",
    ["4: there is no repository “platfrom”. Did you mean platform?"],
  ],
  [
    "{ repository: broken, component: network, output: vpc_id }",
    [expect.stringContaining("main of broken cannot be read")],
  ],
  [
    "{ repository: shop, component: network, output: vpc_id }",
    ["4: an input from this repository is written network.vpc_id"],
  ],
  [
    "{ repository: platform, component: secrets, output: key }",
    ["4: platform offers nothing of “secrets”: name it in exports there, on its main, first"],
  ],
  [
    "{ repository: platform, component: network, output: cidr }",
    ["4: platform does not offer “cidr” of network: name it in exports there, on its main, first"],
  ],
  [
    "{ repository: platform, component: dns, output: zone }",
    ["4: shop takes zone of platform:dns, which does not exist in dev"],
  ],
])("%s", (reference, problems) => expect(wrong(taking(reference))).toEqual(problems));

test("a component that exists only where its upstream does may take from it", () => {
  const reference = "{ repository: platform, component: dns, output: zone }";
  expect(wrong(taking(reference, "environments: [prod],"))).toEqual([]);
});

test("what others take cannot be taken away, renamed or removed with its component", () => {
  const users = [
    { name: "shop", configuration: taking("{ repository: platform, component: network, output: vpc_id }") },
  ];
  const change = (components: string, more = "") =>
    foreignProblems({ name: "platform", configuration: main(components, more) }, users).map(
      ({ line, message }) => `${line}: ${message}`,
    );
  const network = "\n  network: { path: network, layer: platform }";
  const message = "network.vpc_id is taken by shop:shop: keep it in exports until they do without it";
  expect(change(network, "exports: { network: [vpc_id, cidr] }\n")).toEqual([]);
  expect(change(network, "exports: { network: [id] }\n")).toEqual([`7: ${message}`]);
  expect(change(network)).toEqual([`4: ${message}`]);
  expect(change("{}")).toEqual([`1: ${message}`]);
});

test("the change that closes a circle over repositories is told, with the whole circle", () => {
  const back = main(
    "\n  network: { path: network, layer: platform, inputs: { x: { repository: shop, component: shop, output: id } } }",
    "exports: { network: [vpc_id] }\n",
  );
  const own = main(
    "\n  base: { path: base, layer: platform, inputs: { vpc_id: { repository: platform, component: network, output: vpc_id } } }\n  shop: { path: shop, layer: platform, depends_on: [base] }",
    "exports: { shop: [id] }\n",
  );
  expect(wrong(own, [{ name: "platform", configuration: back }])).toEqual([
    "4: components of several repositories depend on each other in a circle: shop:base → platform:network → shop:shop → shop:base",
  ]);
});

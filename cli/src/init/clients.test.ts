import { expect, test } from "vitest";
import { noteWith, providerCode, textOf, useCheckout } from "../testing/checkout.ts";
import { plumb } from "../testing/fake-terminal.ts";

const checkout = useCheckout();
const { write, init } = checkout;
const each = (places: string[], file: (place: string) => [string, string]) => Object.fromEntries(places.map(file));
const all = ["globex/test", "initech/test", "globex/prod", "initech/prod"];

test("values in a folder for each client stay there, and name its environments", async () => {
  write({
    "components/network/main.tf": providerCode,
    "components/portal/main.tf": providerCode,
    ...each(all, (name) => [`clients/${name}/network.tfvars`, 'region = "eu-west-1"\n']),
    ...each(["globex/test", "globex/prod"], (name) => [`clients/${name}/portal.tfvars`, 'region = "eu-west-1"\n']),
    "clients/globex/prod/common.tfvars": 'owner = "globex"\n',
  });
  const found = await init("--write");
  expect(found).toMatchObject({ exitCode: 0, environments: all });
  const text = textOf(found, "plumbline.yaml");
  expect(text).toContain('values: "clients/{environment}/network.tfvars" # ');
  expect(text).toContain('environments: ["globex/*"] # it has values in these only');
  expect(text).toContain("# What stands before a slash is the client an environment belongs to");
  expect(textOf(found, "environments/globex/prod/common.tfvars")).toContain('owner = "globex"');
  expect(textOf(found, "environments/globex/prod/environment.yaml")).toContain("approvals: 2");
  expect(textOf(found, "environments/initech/test/environment.yaml")).toContain("credentials: initech/test");
  expect(textOf(found, "policies/plumbline-policy.yaml")).toContain('"*/prod":');
  expect(textOf(found, "CODEOWNERS")).toContain("# /environments/globex/ @team");
  expect(noteWith(found, "globex, initech are clients by where they lie")).toMatchObject({ level: "note" });
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("a file of values for each environment of a client is found, too", async () => {
  write({ "main.tf": providerCode, ...each(all, (name) => [`customers/${name}.tfvars`, 'region = "eu-west-1"\n']) });
  const found = await init("--write");
  expect(found).toMatchObject({ exitCode: 0, environments: all, components: [{ name: "main", path: "." }] });
  expect(textOf(found, "plumbline.yaml")).toContain('values: "customers/{environment}.tfvars" # ');
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("clients in a folder for environments, with code of their own, and an environment of the organization", async () => {
  write({
    ...each([...all, "staging"], (name) => [`environments/${name}/network/main.tf`, providerCode]),
    "environments/globex/prod/dns/main.tf": providerCode,
  });
  const found = await init("--write");
  expect(found).toMatchObject({
    exitCode: 0,
    environments: ["globex/test", "initech/test", "staging", "globex/prod", "initech/prod"],
    components: [
      { name: "dns", path: "environments/{environment}/dns", environments: ["globex/prod"] },
      { name: "network", path: "environments/{environment}/network" },
    ],
  });
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

const lookAlike = () =>
  write({
    ...each(all, (name) => [`live/${name}/network/main.tf`, providerCode]),
    "live/globex/prod/dns/main.tf": providerCode,
    "live/hooli/prod/shop/main.tf": providerCode,
  });

test("folders that hold the same components are taken for clients, and it says so", async () => {
  lookAlike();
  const found = await init("--write");
  expect(found).toMatchObject({
    exitCode: 0,
    environments: ["globex/test", "initech/test", "globex/prod", "hooli/prod", "initech/prod"],
    components: [
      { name: "dns", path: "live/{environment}/dns", environments: ["globex/prod"] },
      { name: "network", path: "live/{environment}/network", environments: all },
      { name: "shop", path: "live/{environment}/shop", environments: ["hooli/prod"] },
    ],
  });
  expect(textOf(found, "plumbline.yaml")).toContain('environments: ["hooli/*"] # it has a directory in these only');
  expect(noteWith(found, "were taken for clients")).toMatchObject({
    level: "todo",
    next: expect.stringContaining("--no-clients"),
    places: [{ file: "live/globex" }, { file: "live/hooli" }, { file: "live/initech" }],
  });
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("asked to, it takes nothing for a client", async () => {
  lookAlike();
  const found = await init("--no-clients", "--write");
  expect(found).toMatchObject({ exitCode: 0, environments: ["test", "prod"] });
  expect(found.components.map(({ path }) => path)).toContain("live/globex/{environment}/network");
  expect(found.notes.filter(({ message }) => message.includes("client"))).toEqual([]);
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("what has nothing in common is not guessed: it is told, and can be said", async () => {
  write({ "live/globex/prod/portal/main.tf": providerCode, "live/initech/prod/shop/main.tf": providerCode });
  const unsure = await init();
  expect(unsure.environments).toEqual(["prod"]);
  expect(noteWith(unsure, "Nobody can tell")?.next).toBe("If they are: plumb init --clients live");
  const told = await init("--clients", "./live/", "--write");
  expect(told).toMatchObject({ exitCode: 0, environments: ["globex/prod", "initech/prod"] });
  expect(noteWith(told, "Nobody can tell")).toBeUndefined();
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
  expect(await plumb(["init", checkout.folder, "--clients", "../x"])).toMatchObject({ exitCode: 2 });
});

test.each([
  ["regions", ["live/eu-west-1/prod/network", "live/us-east-1/prod/network"]],
  ["Azure's regions", ["live/westeurope/prod/network", "live/northeurope/prod/network"]],
  ["components above their environments", ["network/dev", "network/prod", "shop/dev", "shop/prod"]],
  ["environments above what they hold", ["live/prod/network", "live/dev/network"]],
  ["teams with components of their own in one folder", ["live/prod/team-a/svc-1", "live/prod/team-b/svc-1"]],
])("%s are no clients", async (_what, directories) => {
  write(each(directories, (directory) => [`${directory}/main.tf`, providerCode]));
  const found = await init();
  expect(found.environments.filter((name) => name.includes("/"))).toEqual([]);
});

test("an environment above its clients is said with both placeholders", async () => {
  write(each(["globex", "initech"], (name) => [`live/prod/clients/${name}/network/main.tf`, providerCode]));
  const found = await init("--write");
  expect(found).toMatchObject({
    exitCode: 0,
    environments: ["globex/prod", "initech/prod"],
    components: [{ name: "network", path: "live/{short}/clients/{client}/network" }],
  });
  expect(await plumb(["validate", checkout.folder])).toMatchObject({ exitCode: 0 });
});

test("a client of whom no path names an environment is told", async () => {
  write(each(["globex", "initech"], (name) => [`clients/${name}/network/main.tf`, providerCode]));
  const found = await init();
  expect(noteWith(found, "names an environment")).toMatchObject({
    level: "todo",
    next: expect.stringContaining("clients/globex/prod"),
  });
});

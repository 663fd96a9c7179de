import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { createRepository, createRunner, setCredential, setVariable } from "@plumbline/contract";
import { byName, seedPeople } from "../demo/seed.ts";
import type { DemoAccount } from "../demo/seed.ts";
import { acceptEngines } from "../world/accept-engines.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import { startRunner } from "../world/runner.ts";
import { startWorld } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { ec2 } from "./ec2.ts";
import type { Ec2 } from "./ec2.ts";
import { startMoto } from "./moto.ts";
import { exampleFolder, writeLockFile } from "./tools.ts";
import type { AwsTools } from "./tools.ts";

/** The name under which runs reach the emulator: only their proxy knows it. */
const motoName = "aws.moto";
const repository = "shop-infrastructure-aws";
const region = "eu-central-1";

/** The strictest of the example's environments, and the only one of this world: creating a database takes 80 s each. */
export const environment = "prod";

type PersonName = "dev" | "owner" | "owner2" | "platform" | "auditor";

/** Plumbline with the example for AWS: its rules are on main, nothing is rolled out yet. */
export interface AwsWorld {
  readonly world: World;
  readonly ec2: Ec2;
  as(name: PersonName): ApiClient;
  clone(name: PersonName): Promise<Clone>;
  /** Puts what the example has beside its rules into a clone, with a lock file. */
  copyExample(clone: Clone): Promise<void>;
  stop(): Promise<void>;
}

/** Starts emulator, server and runner, and pushes the example's rules. */
export async function startAwsWorld(folder: string, tools: AwsTools): Promise<AwsWorld> {
  mkdirSync(join(folder, "logs"), { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const moto = await startMoto(tools.moto, join(folder, "logs/moto.log"));
    stops.push(() => moto.process.stop());
    const world = await startWorld({
      folder,
      port: 0,
      organization: "acme",
      administrator: { name: "platform", displayName: "Paula Lorenz", email: "platform@acme.example" },
    });
    stops.push(() => world.stop());
    const people = byName(await seedPeople(world));
    await seedSecrets(world.as(people.platform), world.as(people.dev));
    const { token } = await world
      .as(people.platform)
      .call(createRunner, { body: { name: "aws", environments: ["*"] } });
    const runner = await startRunner({
      folder,
      name: "aws",
      url: world.url,
      token,
      engine: tools.engine,
      mirrors: [tools.mirror],
      names: { [motoName]: moto.address },
    });
    stops.push(() => runner.stop());
    await acceptEngines(world.as(people.platform));
    let clones = 0;
    const clone = (account: DemoAccount) =>
      cloneRepository(join(folder, "clones", `${account.name}-${++clones}`), world.gitUrl(repository), account);
    await pushRules(await clone(people.platform), tools);
    return {
      world,
      ec2: ec2(moto.url, region),
      as: (name) => world.as(people[name]),
      clone: (name) => clone(people[name]),
      async copyExample(into) {
        cpSync(join(exampleFolder, "components"), join(into.folder, "components"), { recursive: true });
        copy(into, `environments/${environment}`);
        into.write("plumbline.yaml", plumblineYaml(tools));
        await writeLockFile(tools, join(into.folder, "components/database"));
        into.remove("components/database/.terraform");
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function seedSecrets(platform: ApiClient, dev: ApiClient): Promise<void> {
  for (const phase of ["plan", "apply"] as const)
    await platform.call(setCredential, {
      params: { name: environment, phase },
      body: {
        variables: {
          AWS_ENDPOINT_URL: `http://${motoName}`,
          AWS_ACCESS_KEY_ID: phase,
          AWS_SECRET_ACCESS_KEY: `a-secret-of-${phase}`,
          AWS_EC2_METADATA_DISABLED: "true",
        },
      },
    });
  await platform.call(createRepository, { body: { name: repository } });
  await dev.call(setVariable, {
    body: {
      repository,
      environment,
      component: "database",
      name: "admin_password",
      value: randomBytes(18).toString("base64url"),
    },
  });
}

async function pushRules(clone: Clone, tools: AwsTools): Promise<void> {
  for (const path of ["CODEOWNERS", "policies", `environments/${environment}/environment.yaml`]) copy(clone, path);
  clone.write("plumbline.yaml", plumblineYaml(tools).replace(/^components:\n(?: +.*\n)+/m, "components: {}\n"));
  await clone.commit("Set the rules");
  await clone.must("push", "origin", "HEAD:refs/heads/main");
}

function copy(clone: Clone, path: string): void {
  mkdirSync(dirname(join(clone.folder, path)), { recursive: true });
  cpSync(join(exampleFolder, path), join(clone.folder, path), { recursive: true });
}

/** The example's plumbline.yaml with the engine of this machine and this world's one environment. */
function plumblineYaml({ engine }: AwsTools): string {
  return readFileSync(join(exampleFolder, "plumbline.yaml"), "utf8")
    .replace(/^engine: .*$/m, `engine: { name: ${engine.name}, version: ">= 1.6" }`)
    .replace(/^environments: .*$/m, `environments: [${environment}]`);
}

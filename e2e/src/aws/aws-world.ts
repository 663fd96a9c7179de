import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { createRepository, setVariable } from "@plumbline/contract";
import type { DemoAccount } from "../demo/seed.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import type { World } from "../world/world.ts";
import type { Ec2 } from "./ec2.ts";
import { setAwsCredentials, startPlumblineOnAws } from "./plumbline-on-aws.ts";
import { exampleFolder, writeLockFile } from "./tools.ts";
import type { AwsTools } from "./tools.ts";

const repository = "shop-infrastructure-aws";

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
  const aws = await startPlumblineOnAws(folder, tools);
  const { world, people, ec2 } = aws;
  try {
    await seedSecrets(world.as(people.platform), world.as(people.dev));
    let clones = 0;
    const clone = (account: DemoAccount) =>
      cloneRepository(join(folder, "clones", `${account.name}-${++clones}`), world.gitUrl(repository), account);
    await pushRules(await clone(people.platform), tools);
    return {
      world,
      ec2,
      as: (name) => world.as(people[name]),
      clone: (name) => clone(people[name]),
      async copyExample(into) {
        cpSync(join(exampleFolder, "components"), join(into.folder, "components"), { recursive: true });
        copy(into, `environments/${environment}`);
        into.write("plumbline.yaml", plumblineYaml(tools));
        await writeLockFile(tools, join(into.folder, "components/database"));
        into.remove("components/database/.terraform");
      },
      stop: () => aws.stop(),
    };
  } catch (error) {
    await aws.stop();
    throw error;
  }
}

async function seedSecrets(platform: ApiClient, dev: ApiClient): Promise<void> {
  await setAwsCredentials(platform, environment);
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

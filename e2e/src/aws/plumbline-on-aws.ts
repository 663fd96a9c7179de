import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRunner, setCredential } from "@plumbline/contract";
import { byName, seedPeople } from "../demo/seed.ts";
import { acceptEngines } from "../world/accept-engines.ts";
import type { ApiClient } from "../world/api.ts";
import { startRunner } from "../world/runner.ts";
import { startWorld } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { ec2 } from "./ec2.ts";
import type { Ec2 } from "./ec2.ts";
import { startMoto } from "./moto.ts";
import type { AwsTools } from "./tools.ts";

/** The name under which runs reach the emulator: only their proxy knows it. */
const motoName = "aws.moto";

/** Where everything is in the emulated AWS. */
const region = "eu-central-1";

/** A server without a repository, a runner with the AWS provider, and an emulated AWS that its runs reach. */
export interface PlumblineOnAws {
  readonly world: World;
  readonly people: ReturnType<typeof byName>;
  readonly ec2: Ec2;
  /** The emulator's address for programs outside of runs. */
  readonly motoUrl: string;
  stop(): Promise<void>;
}

/** Starts them in a folder, with people and the engine accepted. */
export async function startPlumblineOnAws(folder: string, tools: AwsTools): Promise<PlumblineOnAws> {
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
    const platform = world.as(people.platform);
    const { token } = await platform.call(createRunner, { body: { name: "aws", environments: ["*"] } });
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
    await acceptEngines(platform);
    return { world, people, ec2: ec2(moto.url, region), motoUrl: moto.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Sets what an environment's plans and applies sign in to the emulator with; the two differ. */
export async function setAwsCredentials(platform: ApiClient, environment: string): Promise<void> {
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
}

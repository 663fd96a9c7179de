import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createRunner, setCredential } from "@plumbline/contract";
import { byName, seedPeople } from "../demo/seed.ts";
import { ec2 } from "../aws/ec2.ts";
import type { Ec2 } from "../aws/ec2.ts";
import { startMoto } from "../aws/moto.ts";
import type { AwsTools } from "../aws/tools.ts";
import { acceptEngines } from "../world/accept-engines.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import { startRunner } from "../world/runner.ts";
import { root, startWorld } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { bareEngine } from "./bare-engine.ts";
import type { BareEngine } from "./bare-engine.ts";

/** The name under which runs reach the emulator: only their proxy knows it. */
const motoName = "aws.moto";
const run = promisify(execFile);

type PersonName = "dev" | "owner" | "owner2" | "platform" | "auditor";

/** Plumbline without a repository's code, an emulated AWS, and the team's engine. */
export interface MoveInWorld {
  readonly world: World;
  readonly ec2: Ec2;
  readonly engine: BareEngine;
  as(name: PersonName): ApiClient;
  clone(name: PersonName, repository: string): Promise<Clone>;
  /** plumb as somebody runs it; answers what it printed. Throws with all of it where it does not end with 0. */
  plumb(name: PersonName, args: readonly string[], options?: { cwd?: string }): Promise<string>;
  stop(): Promise<void>;
}

/** Starts it all; credentials are there for dev and prod. */
export async function startMoveInWorld(folder: string, tools: AwsTools): Promise<MoveInWorld> {
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
    for (const environment of ["dev", "prod"])
      for (const phase of ["plan", "apply"] as const)
        await platform.call(setCredential, {
          params: { name: environment, phase },
          body: {
            variables: {
              AWS_ENDPOINT_URL: `http://${motoName}`,
              AWS_ACCESS_KEY_ID: phase,
              AWS_SECRET_ACCESS_KEY: `a-key-of-${phase}`,
              AWS_EC2_METADATA_DISABLED: "true",
            },
          },
        });
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
    let clones = 0;
    return {
      world,
      ec2: ec2(moto.url, "eu-central-1"),
      engine: await bareEngine(tools, moto.url, folder),
      as: (name) => world.as(people[name]),
      clone: (name, repository) =>
        cloneRepository(join(folder, "clones", `${name}-${++clones}`), world.gitUrl(repository), people[name]),
      async plumb(name, args, { cwd = folder } = {}) {
        const env = {
          PATH: process.env["PATH"] ?? "",
          HOME: folder,
          PLUMBLINE_URL: world.url,
          PLUMBLINE_TOKEN: people[name].token,
        };
        const { stdout } = await run(process.execPath, [join(root, "cli/src/main.ts"), ...args], { cwd, env });
        return stdout;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Ec2 } from "../aws/ec2.ts";
import { setAwsCredentials, startPlumblineOnAws } from "../aws/plumbline-on-aws.ts";
import type { AwsTools } from "../aws/tools.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import { root } from "../world/world.ts";
import type { World } from "../world/world.ts";
import { bareEngine } from "./bare-engine.ts";
import type { BareEngine } from "./bare-engine.ts";

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
  const aws = await startPlumblineOnAws(folder, tools);
  const { world, people, ec2, motoUrl } = aws;
  try {
    for (const environment of ["dev", "prod"]) await setAwsCredentials(world.as(people.platform), environment);
    let clones = 0;
    return {
      world,
      ec2,
      engine: await bareEngine(tools, motoUrl, folder),
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
      stop: () => aws.stop(),
    };
  } catch (error) {
    await aws.stop();
    throw error;
  }
}

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRunner } from "@plumbline/contract";
import { buildLabMirror, lockFile } from "@plumbline/lab/build-provider";
import { byName, seedCredentials, seedPeople } from "../demo/seed.ts";
import type { DemoAccount } from "../demo/seed.ts";
import { acceptEngines } from "./accept-engines.ts";
import type { ApiClient } from "./api.ts";
import { cloneRepository } from "./git.ts";
import type { Clone } from "./git.ts";
import { labName, startLab } from "./lab.ts";
import type { Lab } from "./lab.ts";
import { startRunner } from "./runner.ts";
import type { StartedProcess } from "./process.ts";
import { startWorld } from "./world.ts";
import type { World } from "./world.ts";

type PersonName = "dev" | "owner" | "owner2" | "platform" | "auditor";

/** Server, lab cloud and one runner with the demo's people, and no repository yet. */
export interface LabWorld {
  readonly world: World;
  readonly lab: Lab;
  readonly runner: StartedProcess;
  readonly people: Record<PersonName, DemoAccount>;
  /** The provider's filesystem mirror, and the lock file that pins what it holds. */
  readonly mirror: string;
  readonly lockFile: string;
  as(name: PersonName): ApiClient;
  clone(name: PersonName, repository: string): Promise<Clone>;
  /** Does something while the runner is away; afterwards it takes up what waits for it. */
  withoutRunner(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one in an empty folder. */
export async function startLabWorld(options: {
  folder: string;
  engine: { name: "terraform" | "tofu"; path: string };
  /** Further engines that the runner brings. */
  otherEngines?: readonly { name: "terraform" | "tofu"; path: string }[];
  /** Runs at a time; by default as many as there are cores. */
  capacity?: number;
  /** Keys of the server's configuration beyond the world's own. */
  server?: Record<string, unknown>;
}): Promise<LabWorld> {
  const { folder, engine, otherEngines = [], capacity, server = {} } = options;
  mkdirSync(join(folder, "logs"), { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const mirror = await buildLabMirror(join(folder, "mirror"));
    const lab = await startLab(folder, 0);
    stops.push(() => lab.process.stop());
    const administrator = { name: "platform", displayName: "Paula Lorenz", email: "platform@acme.example" };
    const world = await startWorld({ folder, port: 0, organization: "acme", administrator, server });
    stops.push(() => world.stop());
    const people: Record<PersonName, DemoAccount> = byName(await seedPeople(world));
    const platform = world.as(people.platform);
    await seedCredentials(platform, `http://${labName}`, lab.keys);
    const { token } = await platform.call(createRunner, { body: { name: "lab", environments: ["*"] } });
    const start = () =>
      startRunner({
        folder,
        name: "lab",
        url: world.url,
        token,
        engine,
        otherEngines,
        mirrors: [mirror.dir],
        names: { [labName]: lab.address },
        ...(capacity === undefined ? {} : { capacity }),
      });
    let runner = await start();
    stops.push(() => runner.stop());
    await acceptEngines(platform);
    let clones = 0;
    return {
      world,
      lab,
      get runner() {
        return runner;
      },
      people,
      mirror: mirror.dir,
      lockFile: lockFile(mirror),
      as: (name) => world.as(people[name]),
      clone: (name, repository) =>
        cloneRepository(join(folder, "clones", `${name}-${++clones}`), world.gitUrl(repository), people[name]),
      async withoutRunner(work) {
        await runner.stop();
        await work();
        runner = await start();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

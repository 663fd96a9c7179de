import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildLabMirror } from "@plumbline/lab/build-provider";
import { createRunner, listWorkspaces, problem } from "@plumbline/contract";
import { acceptEngines } from "../world/accept-engines.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import { labName, startLab } from "../world/lab.ts";
import type { Lab } from "../world/lab.ts";
import { demoPeople } from "../world/people.ts";
import { leftRuns, startRunner } from "../world/runner.ts";
import { findEngine } from "../world/tools.ts";
import { until } from "../world/wait.ts";
import { startWorld } from "../world/world.ts";
import type { World } from "../world/world.ts";
import type { StartedProcess } from "../world/process.ts";
import * as seed from "./seed.ts";
import type { DemoAccount } from "./seed.ts";

type PersonName = "dev" | "owner" | "owner2" | "platform" | "auditor";

/** The running demo, as scenarios drive it. */
export interface Demo {
  readonly world: World;
  readonly lab: Lab;
  readonly people: Record<PersonName, DemoAccount>;
  readonly runner: StartedProcess;
  /** The API as this person. */
  as(name: PersonName): ApiClient;
  /** A fresh clone on this person's laptop. */
  clone(name: PersonName): Promise<Clone>;
  stop(): Promise<void>;
}

/** How the demo is started. */
export interface DemoOptions {
  folder: string;
  /** 0 takes a free port. */
  port: number;
  labPort: number;
  /** Keys of the server's configuration beyond the demo's own. */
  server?: Record<string, unknown>;
  /** Restarts the server when its sources change. */
  watch?: boolean;
  /** Ends everything that was started, also in the middle of the seeding. */
  signal?: AbortSignal;
  /** Hears what is going on. */
  say: (text: string) => void;
}

/** Starts server, lab and runner, and seeds the example where that has not been done in this folder yet. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { folder, say } = options;
  const engine = findEngine();
  if (engine === undefined) throw problem("tool_missing", "Neither terraform nor tofu is on PATH.");
  mkdirSync(join(folder, "logs"), { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  options.signal?.addEventListener("abort", () => void stop(), { once: true });
  try {
    say("building the lab's provider and starting the lab cloud");
    await buildLabMirror(join(folder, "mirror"));
    const lab = await startLab(folder, options.labPort);
    stops.push(() => lab.process.stop());
    say("starting the server with its own PostgreSQL");
    const { name, displayName, email } = demoPeople.find((person) => person.name === "platform") ?? {
      name: "platform",
      displayName: "Platform",
      email: "platform@acme.example",
    };
    const world = await startWorld({
      folder,
      port: options.port,
      organization: "acme",
      administrator: { name, displayName, email },
      server: { notifications: { allowPrivateTargets: true }, ...options.server },
      watch: options.watch ?? false,
    });
    stops.push(() => world.stop());
    const accounts = await once(join(folder, "people.json"), () => seed.seedPeople(world));
    const people = seed.byName(accounts);
    const platform = world.as(people.platform);
    await seed.seedCredentials(platform, `http://${labName}`, lab.keys);
    const token = await once(
      join(folder, "runner-token.json"),
      async () => (await platform.call(createRunner, { body: { name: "demo", environments: ["*"] } })).token,
    );
    say("starting a runner");
    const runner = await startRunner({
      folder,
      name: "demo",
      url: world.url,
      token,
      engine,
      mirrors: [join(folder, "mirror")],
      names: { [labName]: lab.address },
    });
    stops.push(async () => {
      await runner.stop();
      const left = leftRuns(folder, "demo");
      if (left > 0)
        say(
          `${left === 1 ? "an apply is" : `${left} applies are`} not over: what still runs ends by itself, the next start reports it`,
        );
    });
    await acceptEngines(platform);
    await once(join(folder, "repository.json"), async () => {
      say("creating the repository shop-infrastructure with its rules");
      await seed.seedRepository(world, accounts, engine.name);
      return true;
    });
    const commit = await once(join(folder, "rollout.json"), () => seed.rollOut(world, accounts, engine.name, say));
    await once(join(folder, "pinned.json"), async () => {
      await seed.pinEnvironments(world, accounts, commit, say);
      return true;
    });
    // Only after the seeding: started again, what has drifted or is held since stays so.
    await once(join(folder, "ready.json"), async () => {
      await inSync(world.as(people.owner), 12);
      return true;
    });
    const as = (who: PersonName) => world.as(people[who]);
    let clones = 0;
    return {
      world,
      lab,
      people,
      runner,
      as,
      clone: (who) =>
        cloneRepository(
          join(folder, "clones", `${who}-${process.pid}-${++clones}`),
          world.gitUrl(seed.repositoryName),
          people[who],
        ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits until that many workspaces are in sync. */
async function inSync(client: ApiClient, count: number): Promise<void> {
  await until(
    `${count} workspaces in sync`,
    async () => {
      const { items } = await client.call(listWorkspaces, { query: {} });
      return items.filter(({ state }) => state === "in_sync").length >= count ? true : undefined;
    },
    {
      state: async () =>
        (await client.call(listWorkspaces, { query: {} })).items
          .map(({ name, state, sentence }) => `  ${name}: ${state}. ${sentence}`)
          .join("\n"),
    },
  );
}

/** Does a step of the seeding unless its result is in the file already; so a start that was interrupted goes on. */
async function once<T>(file: string, step: () => Promise<T>): Promise<T> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
  const result = await step();
  writeFileSync(file, JSON.stringify(result, null, 2), { mode: 0o600 });
  return result;
}

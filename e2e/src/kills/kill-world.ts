import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createRunner, listRunners } from "@plumbline/contract";
import { buildLabMirror, lockFile } from "@plumbline/lab/build-provider";
import { byName, seedCredentials, seedPeople } from "../demo/seed.ts";
import { acceptEngines } from "../world/accept-engines.ts";
import { apiClient } from "../world/api.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import type { Clone } from "../world/git.ts";
import { labName, startLab } from "../world/lab.ts";
import type { Lab } from "../world/lab.ts";
import { startRunner } from "../world/runner.ts";
import { until } from "../world/wait.ts";
import { startWorld } from "../world/world.ts";
import { patient } from "./patient.ts";
import { backendsOf, endProcess, postmasterOf, supervisorsBelow } from "./processes.ts";

type PersonName = "dev" | "owner" | "owner2" | "platform" | "auditor";

/** What can be killed. */
export type Victim = "server" | "runner" | "supervisor" | "postmaster" | "backends";

/** A world whose programs die and come back. */
export interface KillWorld {
  readonly folder: string;
  readonly lab: Lab;
  readonly engine: "terraform" | "tofu";
  /** The provider's lock file. */
  readonly lockFile: string;
  /** The API as this person; what only reads is asked again while the server is away. */
  as(name: PersonName): ApiClient;
  clone(name: PersonName, repository: string): Promise<Clone>;
  /** Forgets what was asked of the cloud before. */
  noFaults(): Promise<void>;
  /** SIGKILL; answers how many processes it hit. */
  kill(victim: Victim): Promise<number>;
  /** Starts what is not running, and waits until runs can go on. */
  restore(server?: Record<string, unknown>): Promise<void>;
  /** SIGINT to the runner, as Ctrl-C does; resolves when it has ended. */
  stopRunner(): Promise<void>;
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

/** How long the server waits for a silent runner here, in seconds. */
export const leaseSeconds = 6;

const repeating = { runners: { lease: `${leaseSeconds}s` }, drift: { every: "1h" } };

/** Starts one in an empty folder. */
export async function startKillWorld(
  folder: string,
  engine: { name: "terraform" | "tofu"; path: string },
): Promise<KillWorld> {
  mkdirSync(join(folder, "logs"), { recursive: true });
  const mirror = await buildLabMirror(join(folder, "mirror"));
  const lab = await startLab(folder, 0);
  const administrator = { name: "platform", displayName: "Paula Lorenz", email: "platform@acme.example" };
  const open = (port: number, server: Record<string, unknown> = {}) =>
    startWorld({ folder, port, organization: "acme", administrator, server: { ...repeating, ...server } });
  const first = await open(0);
  const people = byName(await seedPeople(first));
  const as = (name: PersonName) => patient(apiClient(first.url, { authorization: `Bearer ${people[name].token}` }));
  await seedCredentials(as("platform"), `http://${labName}`, lab.keys);
  const { token } = await as("platform").call(createRunner, { body: { name: "kills", environments: ["*"] } });
  const begin = () =>
    startRunner({
      folder,
      name: "kills",
      url: first.url,
      token,
      engine,
      mirrors: [mirror.dir],
      names: { [labName]: lab.address },
      capacity: 2,
    });
  let server: typeof first.server | undefined = first.server;
  let runner: Awaited<ReturnType<typeof begin>> | undefined = await begin();
  const online = () =>
    until("the runner", async () =>
      (await as("auditor").call(listRunners, {})).items.some((one) => one.online) ? true : undefined,
    );
  await acceptEngines(as("platform"));
  const runs = join(folder, "runner-kills/runs");
  let clones = 0;
  return {
    folder,
    lab,
    engine: engine.name,
    lockFile: lockFile(mirror),
    as,
    clone: (name, repository) =>
      cloneRepository(join(folder, "clones", `${name}-${++clones}`), first.gitUrl(repository), people[name]),
    async noFaults() {
      const admin = lab.keys.find(({ rights }) => rights === "admin");
      await fetch(`${lab.url}/api/v1/faults`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${admin?.token ?? ""}`, "lab-account": "dev" },
      });
    },
    async kill(victim) {
      if (victim === "server" || victim === "runner") {
        const process_ = victim === "server" ? server : runner;
        if (victim === "server") server = undefined;
        else runner = undefined;
        await process_?.kill();
        return process_ === undefined ? 0 : 1;
      }
      const postmaster = postmasterOf(join(folder, "data/postgres"));
      const pids =
        victim === "supervisor"
          ? supervisorsBelow(runs)
          : victim === "postmaster"
            ? postmaster.slice(0, 1)
            : backendsOf(postmaster);
      for (const pid of pids) endProcess(pid);
      return pids.length;
    },
    async restore(settings) {
      server ??= (await open(first.port, settings)).server;
      const ended = server.exited.then((how) => {
        throw new Error(`the server has ended by itself (${how}):\n${lastLines(join(folder, "logs/server.log"))}`);
      });
      ended.catch(() => undefined); // it is to end some day
      await Promise.race([until("the server is ready", () => isReady(first.url)), ended]);
      runner ??= await begin();
      await online();
    },
    async stopRunner() {
      await runner?.stop();
      runner = undefined;
    },
    async stopServer() {
      await server?.stop();
      server = undefined;
    },
    async stop() {
      await runner?.stop();
      await server?.stop();
      await lab.process.stop();
      for (const pid of supervisorsBelow(runs)) endProcess(pid);
    },
  };
}

async function isReady(url: string): Promise<true | undefined> {
  const answer = await fetch(`${url}/readyz`).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}

function lastLines(file: string): string {
  return readFileSync(file, "utf8").split("\n").slice(-15).join("\n");
}

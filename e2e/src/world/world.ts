import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import { apiClient, signInWithPassword } from "./api.ts";
import type { ApiClient } from "./api.ts";
import { startProcess } from "./process.ts";
import type { StartedProcess } from "./process.ts";
import { until } from "./wait.ts";

/** The checkout. */
export const root = resolve(import.meta.dirname, "../../..");

/** Where a world lives and how it is set up. */
export interface WorldOptions {
  folder: string;
  /** 0 takes a free port. */
  port: number;
  organization: string;
  administrator: { name: string; displayName: string; email: string };
  /** Keys of the server's configuration beyond what the world sets. */
  server?: Record<string, unknown>;
  /** Restarts the server when its sources change. */
  watch?: boolean;
}

/** A running server with its own database. Runners are added with `startRunner`. */
export interface World {
  readonly folder: string;
  readonly url: string;
  readonly port: number;
  readonly organization: string;
  readonly server: StartedProcess;
  /** The first administrator's password. */
  readonly password: string;
  gitUrl(repository: string): string;
  as(credential: { token: string } | { cookie: string }): ApiClient;
  /** Signs the administrator in. */
  administrator(): Promise<ApiClient>;
  stop(): Promise<void>;
}

/** Starts a server in a folder; started again in the same folder it goes on where it was. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { folder } = options;
  mkdirSync(join(folder, "logs"), { recursive: true });
  const password = keepSecret(join(folder, "administrator.password"), () => randomBytes(12).toString("base64url"));
  const config = {
    listen: { host: "127.0.0.1", port: options.port },
    dataDir: join(folder, "data"),
    webDir: join(root, "web/dist"),
    ...options.server,
  };
  const configFile = join(folder, "server.json");
  writeFileSync(configFile, JSON.stringify(config, null, 2));
  const setUpFile = join(folder, "set-up.json");
  writeFileSync(
    setUpFile,
    JSON.stringify({ organization: options.organization, administrator: { ...options.administrator, password } }),
    { mode: 0o600 },
  );
  const server = startProcess(
    [
      process.execPath,
      ...(options.watch === true ? ["--watch"] : []),
      join(root, "server/src/main.ts"),
      "--config",
      configFile,
      "--set-up",
      setUpFile,
      "--json",
    ],
    {
      logFile: join(folder, "logs/server.log"),
    },
  );
  const { url } = JSON.parse(await server.firstLine()) as { url: string };
  await until("the server is ready", async () => ((await fetch(`${url}/readyz`)).ok ? true : undefined), {
    seconds: 30,
  });
  return {
    folder,
    url,
    port: Number(new URL(url).port),
    organization: options.organization,
    server,
    password,
    gitUrl: (repository) => `${url}/git/${options.organization}/${repository}.git`,
    as: (credential) =>
      apiClient(
        url,
        "token" in credential ? { authorization: `Bearer ${credential.token}` } : { cookie: credential.cookie },
      ),
    administrator: async () => apiClient(url, await signInWithPassword(url, options.administrator.name, password)),
    stop: () => server.stop(),
  };
}

/** Reads a secret from a file of ours, or makes it at first. */
function keepSecret(file: string, make: () => string): string {
  if (!existsSync(file)) {
    writeFileSync(file, make(), { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return readFileSync(file, "utf8");
}

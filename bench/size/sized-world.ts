import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changePerson, createRepository, createToken } from "@plumbline/contract";
import type { ApiClient } from "../../e2e/src/world/api.ts";
import { startWorld } from "../../e2e/src/world/world.ts";
import type { World } from "../../e2e/src/world/world.ts";
import { execFileSync } from "node:child_process";
import { writeCommits } from "../affected/commits.ts";
import { seedDatabase } from "./seed-database.ts";
import { filesOf, sizedRepositories } from "./sized-repositories.ts";

/** A server of a large organization. */
export interface SizedWorld {
  readonly world: World;
  readonly folder: string;
  readonly dataDir: string;
  /** Of an administrator who operates everything; good for the API and for git. */
  readonly token: string;
  readonly client: ApiClient;
  /** What he signs in with at the browser. */
  readonly person: { name: string; password: string };
}

/** Who sets the organization up. */
export const administrator = { name: "platform", displayName: "Paula Lorenz", email: "platform@acme.example" };

/** Nobody who measures is told to come back later. */
export const serverConfiguration = { limits: { requestsPerMinute: 1_000_000 } };

/** Makes the folder of a large organization: declared by pushes, filled by SQL, its server stopped again. */
export async function makeSizedFolder(say: (text: string) => void): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-size-"));
  try {
    const started = performance.now();
    const world = await startWorld({
      folder,
      port: 0,
      organization: "acme",
      administrator,
      server: serverConfiguration,
    });
    try {
      const everywhere = (["administrator", "approver", "operator", "proposer"] as const).map((role) => ({
        role,
        environments: "*",
      }));
      const client = await world.administrator();
      await client.call(changePerson, { params: { name: administrator.name }, body: { roles: everywhere } });
      const { token } = await client.call(createToken, { body: { name: "bench", scopes: ["all"], expiresInDays: 30 } });
      for (const repository of sizedRepositories) {
        await client.call(createRepository, { body: { name: repository.name } });
        push(folder, repository.name, world.gitUrl(repository.name), token, filesOf(repository));
      }
      say(`repositories: ${((performance.now() - started) / 1000).toFixed(1)} s`);
      await seedDatabase(join(folder, "data"), say);
    } finally {
      await world.stop();
    }
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Starts the server of such a folder. */
export async function startSizedWorld(folder: string): Promise<SizedWorld> {
  const world = await startWorld({ folder, port: 0, organization: "acme", administrator, server: serverConfiguration });
  const session = await world.administrator();
  const { token } = await session.call(createToken, { body: { name: "bench", scopes: ["all"], expiresInDays: 1 } });
  return {
    world,
    folder,
    dataDir: join(folder, "data"),
    token,
    client: world.as({ token }),
    person: { name: administrator.name, password: world.password },
  };
}

function push(folder: string, name: string, url: string, token: string, files: Map<string, string>): void {
  const directory = join(folder, "sources", `${name}.git`);
  const git = (...args: string[]) => execFileSync("git", args, { stdio: ["ignore", "pipe", "pipe"] });
  git("init", "--quiet", "--bare", "--initial-branch=main", directory);
  writeCommits(directory, [{ ref: "main", files }]);
  const header = `http.extraHeader=Authorization: Basic ${Buffer.from(`platform:${token}`).toString("base64")}`;
  git("-c", header, "-C", directory, "push", "--quiet", url, "main");
}

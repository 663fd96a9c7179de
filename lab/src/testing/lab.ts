import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKeys } from "../cloud/key-file.ts";
import { startLabCloud } from "../cloud/lab-cloud.ts";
import type { LabCloud } from "../cloud/lab-cloud.ts";
import type { JsonObject } from "../kinds/attribute.ts";

export type Lab = {
  cloud: LabCloud;
  folder: string;
  token(name: string): string;
  /** Calls the API as the holder of a key, `administrator` unless told otherwise, in the account dev. */
  call(method: string, path: string, body?: unknown, keyName?: string): Promise<{ status: number; body: JsonObject }>;
  stop(): Promise<void>;
};

/** A Lab Cloud with fresh keys for dev and prod, and a folder of its own. */
export async function startLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "lab-test-"));
  const keys = createKeys(["dev", "prod"]);
  const cloud = await startLabCloud({ port: 0, keys, dataFile: join(folder, "cloud.json") });
  const token = (name: string) => {
    const key = keys.find((candidate) => candidate.name === name);
    if (!key) throw new Error(`there is no key ${name}`);
    return key.token;
  };
  return {
    cloud,
    folder,
    token,
    async call(method, path, body, keyName = "administrator") {
      const response = await fetch(`${cloud.url}/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${token(keyName)}`, "lab-account": "dev" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as JsonObject };
    },
    async stop() {
      await cloud.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

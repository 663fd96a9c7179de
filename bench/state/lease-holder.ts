import { createHash } from "node:crypto";
import { Job, createRunner, listTools } from "@plumbline/contract";
import type { TinyWorld } from "../tiny/tiny-world.ts";

/** A runner that holds the lease of an apply and speaks with the server as the engine's http backend does. */
export interface LeaseHolder {
  /** The newest state, parsed. */
  state(): Promise<{ serial: number; lineage: string }>;
  /** Posts a state; throws where the server does not take it. */
  post(state: Buffer): Promise<void>;
}

const lock = { ID: "b1e55ed0-0000-4000-8000-000000000001", Operation: "OperationTypeApply", Who: "bench" };

/** Claims the apply that waits, and locks the state. The real runner must have stopped. */
export async function holdLease(tiny: TinyWorld): Promise<LeaseHolder> {
  const { world } = tiny.lab;
  const { token } = await tiny.lab.as("platform").call(createRunner, { body: { name: "bench", environments: ["*"] } });
  const send = async (method: string, path: string, body?: Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${world.url}/api/runner/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`);
    return text;
  };
  const { items } = await tiny.lab.as("platform").call(listTools, {});
  const engines = items.map(({ name, version, platform, sha256 }) => ({ name, version, platform, sha256 }));
  const claim = { free: 1, capacity: 1, waitSeconds: 30, version: "0.1.0", engines };
  const job = Job.parse(JSON.parse(await send("POST", "claim", Buffer.from(JSON.stringify(claim)))));
  if (job.kind !== "apply") throw new Error(`an apply was to be claimed, not run ${job.runNumber}, a ${job.kind}`);
  const address = `runs/${job.runId}/${job.epoch}/state`;
  await send("LOCK", address, Buffer.from(JSON.stringify(lock)));
  return {
    state: async () => JSON.parse(await send("GET", address)) as { serial: number; lineage: string },
    async post(state) {
      const md5 = createHash("md5").update(state).digest("base64");
      await send("POST", `${address}?ID=${lock.ID}`, state, { "content-md5": md5 });
    },
  };
}

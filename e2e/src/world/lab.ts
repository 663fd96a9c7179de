import { join } from "node:path";
import type { AccountKey } from "@plumbline/lab/cloud/account-keys";
import { startProcess } from "./process.ts";
import type { StartedProcess } from "./process.ts";
import { root } from "./world.ts";

/** The name under which runs reach the lab cloud: their proxy resolves it, nothing else does. */
export const labName = "lab.cloud";

/** A running lab cloud. */
export interface Lab {
  readonly url: string;
  readonly consoleUrl: string;
  /** What a run's egress proxy connects to, host:port. */
  readonly address: string;
  readonly keys: readonly AccountKey[];
  readonly process: StartedProcess;
  /** All resources of a kind in an account, as the cloud has them. */
  list(account: string, kind: string): Promise<Record<string, unknown>[]>;
  /** Changes a resource past Plumbline, as somebody with a key would. */
  change(account: string, kind: string, id: string, values: Record<string, unknown>): Promise<void>;
  /** Deletes one past Plumbline. */
  remove(account: string, kind: string, id: string): Promise<void>;
  /** Makes calls fail or wait: see lab/README.md. */
  fault(rule: Record<string, unknown>): Promise<void>;
}

/** Starts the lab cloud; started again in the same folder it goes on where it was. */
export async function startLab(folder: string, port: number): Promise<Lab> {
  const process_ = startProcess(
    [process.execPath, join(root, "lab/src/main.ts"), "--data", join(folder, "lab"), "--port", String(port), "--json"],
    { logFile: join(folder, "logs/lab.log") },
  );
  const { url, consoleUrl, keys } = JSON.parse(await process_.firstLine()) as {
    url: string;
    consoleUrl: string;
    keys: AccountKey[];
  };
  const admin = keys.find(({ rights }) => rights === "admin");
  if (admin === undefined) throw new Error("the lab cloud made no admin key");
  const send = async (method: string, path: string, account: string, body?: unknown) => {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${admin.token}`, "lab-account": account, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the lab cloud answered ${response.status} to ${method} ${path}: ${text}`);
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    url,
    consoleUrl,
    address: new URL(url).host,
    keys,
    process: process_,
    list: async (account, kind) => ((await send("GET", kind, account)) as { items: Record<string, unknown>[] }).items,
    change: async (account, kind, id, values) => void (await send("PATCH", `${kind}/${id}`, account, values)),
    remove: async (account, kind, id) => void (await send("DELETE", `${kind}/${id}`, account)),
    fault: async (rule) => void (await send("POST", "faults", "dev", rule)),
  };
}

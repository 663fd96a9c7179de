import { createHash } from "node:crypto";
import type { Finding } from "@plumbline/contract";
import { Job } from "@plumbline/contract";
import { acceptedTool } from "./accepted-tool.ts";

/** What a played run finds. */
export interface PlayedPlan {
  /** Resource address → values before and after; null where there is none. */
  changes: Record<string, { before: object | null; after: object | null }>;
  /** Drift checks: resource address → values as recorded and as they are. */
  outside?: Record<string, { before: object; after: object }>;
  findings?: Finding[];
  /** Resources of the state that an apply writes: type and name → attributes. */
  state?: Record<string, object>;
}

/**
 * Takes runs by the protocol of contract/src/jobs.ts over HTTP and ends them as a script says, until none is left for
 * it. Answers the names of the workspaces, in turn.
 */
export async function playRuns(
  url: string,
  token: string,
  script: (job: Job) => PlayedPlan,
  serials: Map<string, number>,
): Promise<string[]> {
  const done: string[] = [];
  const send = async (method: string, path: string, body: unknown, more: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...more },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  };
  for (;;) {
    const answer = await send("POST", "/api/runner/claim", {
      free: 1,
      capacity: 2,
      waitSeconds: 0,
      version: "test",
      engines: [acceptedTool],
    });
    if (answer === "") return done;
    const job = Job.parse(JSON.parse(answer));
    const at = `/api/runner/runs/${job.runId}/${job.epoch}`;
    const plan = script(job);
    const at0 = new Date().toISOString();
    await send("POST", `${at}/events`, {
      events: [
        { type: "phase_started", sequence: 1, at: at0, phase: "plan" },
        { type: "log", sequence: 2, at: at0, phase: "plan", lines: [`planning ${job.workspace.name}`] },
      ],
    });
    let goesOn = job.apply?.mode === "saved";
    if (!goesOn) {
      const json = Buffer.from(JSON.stringify(planJson(plan)));
      const file = Buffer.from(`plan of ${job.runId} ${job.epoch}`);
      await send("PUT", `${at}/plan-json`, json);
      await send("PUT", `${at}/plan-file`, file);
      const decided = await send("POST", `${at}/planned`, {
        planSha256: sha256(file),
        planJsonSha256: sha256(json),
        engine: { name: acceptedTool.name, version: acceptedTool.version, sha256: acceptedTool.sha256 },
        providers: {},
        judgement: {
          findings: plan.findings ?? [],
          judged: { rules: 1, resources: 1, policies: 0 },
          failures: [],
        },
        overridden: [],
      });
      const { decision } = JSON.parse(decided) as { decision: "stop" | "apply" | "hold" };
      if (decision === "hold") await send("POST", `${at}/finish`, { outcome: "held", error: null });
      if (decision === "stop") await send("POST", `${at}/finish`, { outcome: "finished", error: null });
      goesOn = decision === "apply";
    }
    if (goesOn) {
      await send("GET", `${at}/secrets/apply`, undefined);
      await send("POST", `${at}/events`, { events: [{ type: "phase_started", sequence: 3, at: at0, phase: "apply" }] });
      await send("LOCK", `${at}/state`, { ID: "lock" });
      const serial = (serials.get(job.workspace.name) ?? 0) + 1;
      serials.set(job.workspace.name, serial);
      const bytes = Buffer.from(JSON.stringify(stateOf(job, serial, plan.state ?? {})));
      await send("POST", `${at}/state?ID=lock`, bytes, {
        "content-md5": createHash("md5").update(bytes).digest("base64"),
      });
      await send("UNLOCK", `${at}/state`, { ID: "lock" });
      await send("POST", `${at}/finish`, { outcome: "finished", error: null });
    }
    done.push(job.workspace.name);
  }
}

function planJson({ changes, outside = {} }: PlayedPlan): object {
  const resource = (address: string, change: object) => {
    const [type = "", name = ""] = address.split(".");
    return { address, mode: "managed", type, name, provider_name: "registry.terraform.io/plumbline/lab", change };
  };
  return {
    format_version: "1.2",
    terraform_version: acceptedTool.version,
    resource_changes: [
      ...Object.entries(changes).map(([address, { before, after }]) =>
        resource(address, {
          actions: [before === null ? "create" : after === null ? "delete" : "update"],
          before,
          after,
        }),
      ),
      // What was changed outside would be undone.
      ...Object.entries(outside).map(([address, { before, after }]) =>
        resource(address, { actions: ["update"], before: after, after: before }),
      ),
    ],
    resource_drift: Object.entries(outside).map(([address, { before, after }]) =>
      resource(address, { actions: ["update"], before, after }),
    ),
    output_changes: {},
  };
}

function stateOf(job: Job, serial: number, resources: Record<string, object>): object {
  return {
    version: 4,
    terraform_version: acceptedTool.version,
    serial,
    lineage: `lineage-of-${job.workspace.id}`,
    outputs: {},
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type, name] = address.split(".");
      return { mode: "managed", type, name, provider: "lab", instances: [{ attributes }] };
    }),
  };
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

import { createHash } from "node:crypto";
import type { ClaimRequest, FinishReport, Judgement, OfferedTool, PlannedAnswer, RunEvent } from "@plumbline/contract";
import { Job } from "@plumbline/contract";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { newSecret } from "../../people/secrets.ts";
import { acceptedTool } from "../../testing/accepted-tool.ts";
import type { RunsFixture } from "./runs-fixture.ts";

/** A runner that a test plays: it speaks the protocol of contract/src/jobs.ts to the real routes. */
export interface FakeRunner {
  id: string;
  claim(waitSeconds?: number): Promise<Job | undefined>;
  heartbeat(...jobs: Job[]): Promise<{ runId: string; lease: string; cancel: boolean }[]>;
  events(job: Job, events: RunEvent[]): Promise<LightMyRequestResponse>;
  secrets(job: Job, phase: "plan" | "apply"): Promise<LightMyRequestResponse>;
  /** Uploads a plan and reports it. */
  plan(job: Job, plan?: FakePlan): Promise<PlannedAnswer>;
  state(
    job: Job,
    method: "GET" | "LOCK" | "UNLOCK" | "POST",
    body?: unknown,
    lockId?: string,
  ): Promise<LightMyRequestResponse>;
  finish(job: Job, outcome: FinishReport["outcome"], error?: FinishReport["error"]): Promise<LightMyRequestResponse>;
  call(job: Job, method: "GET" | "PUT" | "POST", path: string, body?: Buffer): Promise<LightMyRequestResponse>;
}

/** What a fake plan says. */
export interface FakePlan {
  /** Resource address → value after; null for a resource to be deleted. */
  changes?: Record<string, string | null>;
  outputs?: Record<string, { value?: unknown; unknown?: boolean; before?: unknown; sensitive?: boolean }>;
  /** Resource address → attributes before and after as changed outside; null where it was deleted. */
  outside?: Record<string, [object, object | null]>;
  judgement?: Judgement | null;
}

/** Registers a runner in the database and answers it; it brings the engine that is accepted, unless others are given. */
export async function fakeRunner(
  fixture: RunsFixture,
  app: FastifyInstance,
  name: string,
  environments: string[] = ["*"],
  engines: OfferedTool[] = [acceptedTool],
): Promise<FakeRunner> {
  const { text: token, hash } = newSecret("runner");
  const id = fixture.database.newId();
  await fixture.database.sql(
    "insert into runners (organization_id, runner_id, name, token_hash, environments) values ($1, $2, $3, $4, $5)",
    [fixture.organizationId, id, name, hash, environments],
  );
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const send = (method: string, url: string, body?: unknown, more: Record<string, string> = {}) =>
    app.inject({
      method: method as "GET",
      url,
      headers: { ...headers, ...more },
      ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
  const at = (job: Job, path: string) => `/api/runner/runs/${job.runId}/${job.epoch}/${path}`;
  const runner: FakeRunner = {
    id,
    async claim(waitSeconds = 0) {
      const request: ClaimRequest = { free: 1, capacity: 2, waitSeconds, version: "test", engines };
      const response = await send("POST", "/api/runner/claim", request);
      if (response.statusCode === 204) return undefined;
      if (response.statusCode !== 200) throw new Error(response.body);
      return Job.parse(response.json());
    },
    async heartbeat(...jobs) {
      const runs = jobs.map(({ runId, epoch }) => ({ runId, epoch }));
      return (await send("POST", "/api/runner/heartbeat", { capacity: 2, runs })).json().runs;
    },
    events: (job, events) => send("POST", at(job, "events"), { events }),
    secrets: (job, phase) => send("GET", at(job, `secrets/${phase}`)),
    async plan(job, plan = {}) {
      const json = Buffer.from(JSON.stringify(planJson(plan)));
      const file = Buffer.from(`plan of ${job.runId} ${job.epoch}`);
      await send("PUT", at(job, "plan-json"), json);
      await send("PUT", at(job, "plan-file"), file);
      const response = await send("POST", at(job, "planned"), {
        planSha256: sha256(file),
        planJsonSha256: sha256(json),
        engine: engines.find(({ sha256 }) => sha256 === job.engine.binary?.sha256),
        providers: {},
        judgement:
          plan.judgement === undefined
            ? { findings: [], judged: { rules: 1, resources: 1, policies: 0 }, failures: [] }
            : plan.judgement,
        overridden: [],
      });
      if (response.statusCode !== 200) throw new Error(response.body);
      return response.json();
    },
    state(job, method, body, lockId) {
      const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
      const url = at(job, "state") + (lockId === undefined ? "" : `?ID=${lockId}`);
      const md5 = bytes && createHash("md5").update(bytes).digest("base64");
      return send(method, url, bytes, md5 !== undefined && method === "POST" ? { "content-md5": md5 } : {});
    },
    finish: (job, outcome, error = null) => send("POST", at(job, "finish"), { outcome, error }),
    call: (job, method, path, body) => send(method, at(job, path), body),
  };
  return runner;
}

/** A state file as terraform writes it. */
export function stateFile(serial: number, outputs: Record<string, unknown> = {}, lineage = "lineage-1") {
  return {
    version: 4,
    terraform_version: "1.11.0",
    serial,
    lineage,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value, type: "string" }])),
    resources: [
      {
        mode: "managed",
        type: "lab_bucket",
        name: "logs",
        provider: "lab",
        instances: [{ attributes: { name: `logs-${serial}` } }],
      },
    ],
  };
}

/** Takes a claimed run through to its end as a runner would, writing one state version where it applies. */
export async function carryOut(
  runner: FakeRunner,
  job: Job,
  plan: FakePlan = {},
  serial = 1,
  outputs = {},
): Promise<string> {
  if (job.apply?.mode !== "saved") {
    const answer = await runner.plan(job, plan);
    if (answer.decision === "hold") {
      await runner.finish(job, "held");
      return "held";
    }
    if (answer.decision === "stop") {
      await runner.finish(job, "finished");
      return "finished";
    }
  }
  await runner.secrets(job, "apply");
  await runner.state(job, "LOCK", { ID: "lock-1" });
  const written = await runner.state(job, "POST", stateFile(serial, outputs), "lock-1");
  if (written.statusCode !== 200) throw new Error(written.body);
  await runner.state(job, "UNLOCK", { ID: "lock-1" });
  await runner.finish(job, "finished");
  return "finished";
}

function planJson(plan: FakePlan) {
  const { changes = { "lab_bucket.logs": "logs" }, outputs = {}, outside = {} } = plan;
  const resource = (address: string, change: object) => {
    const [type = "", name = ""] = address.split(".");
    return { address, mode: "managed", type, name, provider_name: "registry.terraform.io/plumbline/lab", change };
  };
  return {
    format_version: "1.2",
    terraform_version: "1.11.0",
    resource_changes: [
      ...Object.entries(changes).map(([address, after]) =>
        resource(
          address,
          after === null
            ? { actions: ["delete"], before: { name: "old" }, after: null }
            : { actions: ["create"], before: null, after: { name: after }, after_unknown: { id: true } },
        ),
      ),
      // What was changed outside would be undone.
      ...Object.entries(outside).map(([address, [before, after]]) =>
        resource(address, { actions: [after === null ? "create" : "update"], before: after, after: before }),
      ),
    ],
    resource_drift: Object.entries(outside).map(([address, [before, after]]) =>
      resource(
        address,
        after === null ? { actions: ["delete"], before, after: null } : { actions: ["update"], before, after },
      ),
    ),
    output_changes: Object.fromEntries(
      Object.entries(outputs).map(([name, output]) => [
        name,
        {
          actions: [output.before === undefined ? "create" : "no-op"],
          before: output.before ?? null,
          ...(output.unknown === true ? {} : { after: output.value }),
          after_unknown: output.unknown ?? false,
          before_sensitive: false,
          after_sensitive: output.sensitive ?? false,
        },
      ]),
    ),
  };
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

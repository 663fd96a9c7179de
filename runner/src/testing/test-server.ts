import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ClaimRequest, FinishReport, Job, PhaseSecrets, PlannedReport, RunEvent } from "@plumbline/contract/jobs";
import { writeTar } from "./write-tar.ts";

/** What the test server knows of one run. */
export interface TestRun {
  job: Job;
  archive: Buffer;
  secrets: Record<string, PhaseSecrets>;
  savedPlan: Buffer | undefined;
  decision: "stop" | "apply" | "hold";
  events: Map<number, RunEvent>;
  planFile: Buffer | undefined;
  planJson: Buffer | undefined;
  planned: PlannedReport | undefined;
  erroredState: Buffer | undefined;
  finish: FinishReport | undefined;
  cancel: boolean;
}

/** A server with the runner's API and one state, for tests. */
export interface TestServer {
  url: string;
  runs: Map<string, TestRun>;
  /** States as they were written, in order. */
  states: string[];
  lock: string | undefined;
  /** Calls as `METHOD path`, the run's prefix cut off. */
  calls: string[];
  /** While true every connection is cut without an answer. */
  away: boolean;
  /** Status given to every state POST instead of storing it. */
  refuseState: number | undefined;
  add(run: TestRun): void;
  stop(): Promise<void>;
}

/** Starts it on a free port of the loopback. */
export async function startTestServer(): Promise<TestServer> {
  const queue: TestRun[] = [];
  const server: TestServer = {
    url: "",
    runs: new Map(),
    states: [],
    lock: undefined,
    calls: [],
    away: false,
    refuseState: undefined,
    add(run) {
      server.runs.set(run.job.runId, run);
      queue.push(run);
    },
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  const listener = createServer((request, response) => {
    if (server.away) {
      request.socket.destroy();
      return;
    }
    void handle(server, queue, request, response);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  server.url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  return server;
}

async function handle(
  server: TestServer,
  queue: TestRun[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = Buffer.concat(await request.toArray());
  const path = request.url ?? "";
  const method = request.method ?? "GET";
  const answer = (status: number, content: string | Buffer = "") => {
    if (server.away) request.socket.destroy();
    else response.writeHead(status, { "content-length": Buffer.byteLength(content) }).end(content);
  };
  if (request.headers.authorization !== "Bearer runner-token") return answer(401);
  if (path === "/api/runner/claim") {
    for (let tries = 0; tries < 20 && queue.length === 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 25));
    const run = queue.shift();
    const { engines }: ClaimRequest = JSON.parse(body.toString());
    return run ? answer(200, JSON.stringify({ ...run.job, engine: chosen(run.job, engines) })) : answer(204);
  }
  if (path === "/api/runner/heartbeat") {
    const { runs }: { runs: { runId: string }[] } = JSON.parse(body.toString());
    const told = runs.map(({ runId }) => ({ runId, lease: "held", cancel: server.runs.get(runId)?.cancel ?? false }));
    return answer(200, JSON.stringify({ runs: told }));
  }
  const match = /^\/api\/runner\/runs\/([^/]+)\/(\d+)(\/[^?]*)/.exec(path);
  const run = server.runs.get(match?.[1] ?? "");
  const what = match?.[3] ?? "";
  if (!run) return answer(404);
  server.calls.push(`${method} ${what}`);
  switch (`${method} ${what}`) {
    case "GET /input":
      return answer(200, run.archive);
    case "GET /secrets/plan":
    case "GET /secrets/apply":
      return answer(200, JSON.stringify(run.secrets[what.slice("/secrets/".length)] ?? { environment: {}, mask: [] }));
    case "GET /plan-file":
      return run.savedPlan ? answer(200, run.savedPlan) : answer(404);
    case "PUT /plan-file":
      run.planFile = body;
      return answer(204);
    case "PUT /plan-json":
      run.planJson = body;
      return answer(204);
    case "PUT /errored-state":
      run.erroredState = body;
      return answer(204);
    case "POST /planned":
      run.planned = JSON.parse(body.toString());
      return answer(200, JSON.stringify({ decision: run.decision, digest: "d" }));
    case "POST /finish":
      run.finish = JSON.parse(body.toString());
      return answer(204);
    case "POST /events": {
      const { events }: { events: RunEvent[] } = JSON.parse(body.toString());
      for (const event of events) run.events.set(event.sequence, event);
      return answer(200, JSON.stringify({ acknowledged: Math.max(0, ...run.events.keys()), cancel: run.cancel }));
    }
    case "GET /state":
      return server.states.length === 0 ? answer(404) : answer(200, server.states.at(-1));
    case "LOCK /state":
      server.lock = body.toString();
      return answer(200);
    case "UNLOCK /state":
      server.lock = undefined;
      return answer(200);
    case "POST /state":
      if (server.refuseState) return answer(server.refuseState, "refused");
      if (request.headers["content-md5"] !== createHash("md5").update(body).digest("base64")) return answer(400, "md5");
      server.states.push(body.toString());
      return answer(200);
    default:
      return answer(404);
  }
}

/** The job's engine with the binary that the runner offers for it, unless the test has chosen one. */
function chosen({ engine }: Job, offered: ClaimRequest["engines"]): Job["engine"] {
  return { ...engine, binary: engine.binary ?? offered.find(({ name }) => name === engine.name) ?? null };
}

/** Makes a run of these files, with sensible values for everything else. */
export function testRun(files: Record<string, string>, more: Partial<Job> = {}): TestRun {
  const entries = Object.entries(files).map(([path, content]) => ({ path, mode: "100644", blob: blobOf(content) }));
  const job: Job = {
    runId: crypto.randomUUID(),
    runNumber: 1,
    kind: "plan",
    epoch: 1,
    leaseSeconds: 20,
    organization: "acme",
    repository: "shop",
    workspace: { id: crypto.randomUUID(), name: "network/dev", component: "network", environment: "dev" },
    engine: { name: "terraform", constraint: ">= 1.0", binary: null },
    directory: "components/network",
    input: { entries },
    varFiles: [],
    destroy: false,
    state: "read",
    apply: null,
    check: {
      environment: "dev",
      layer: "platform",
      environments: ["dev"],
      policyConfiguration: null,
      rego: [],
      secretsKey: "fingerprints",
      values: [],
    },
    limits: { fetch: 60, init: 60, plan: 60, check: 60, apply: 120 },
    ...more,
  };
  return {
    job,
    archive: writeTar(Object.entries(files).map(([path, content]) => ({ path, content }))),
    secrets: {},
    savedPlan: undefined,
    decision: "stop",
    events: new Map(),
    planFile: undefined,
    planJson: undefined,
    planned: undefined,
    erroredState: undefined,
    finish: undefined,
    cancel: false,
  };
}

function blobOf(content: string): string {
  const bytes = Buffer.from(content);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

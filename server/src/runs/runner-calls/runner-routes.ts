import {
  ClaimRequest,
  EventsReport,
  FinishReport,
  HeartbeatRequest,
  JudgedReport,
  PlannedReport,
  Problem,
  problem,
} from "@plumbline/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { bodiesAsBytes } from "../../platform/http/index.ts";
import { runnerAuthentication } from "../../runners/authenticate-runner.ts";
import type { AuthenticateRunner } from "../../runners/authenticate-runner.ts";
import { claimRun } from "./claim-run.ts";
import { finishRun } from "./finish-run.ts";
import { heartbeat } from "./heartbeat.ts";
import { phaseSecrets } from "./phase-secrets.ts";
import { reportEvents } from "./report-events.ts";
import { reportJudged } from "./report-judged.ts";
import { reportPlanned } from "./report-planned.ts";
import { runInput } from "./run-input.ts";
import type { RunnerCall } from "./run-of-runner.ts";
import { lockRunState, readRunState, writeRunState } from "./runner-state.ts";
import type { RunsContext } from "../runs-context.ts";
import { tryAgain } from "../try-again.ts";
import { downloadPlan, downloadPlanJson, uploadArtifact } from "./upload-artifact.ts";

const Address = z.object({ runId: z.uuid(), epoch: z.coerce.number().int().positive() });
const base = "/api/runner/runs/:runId/:epoch";

/** Bytes of a body that may be read before it is known who sends it. */
const smallBody = 64 * 1024;

/** The routes that runners call, as contract/src/jobs.ts says. They are not part of the API for people. */
export function runnerRoutes(app: FastifyInstance, context: RunsContext): void {
  // Runners that wait for work would hold up a stop; they ask again, wherever the server is then.
  app.addHook("preClose", async () => context.bell.close());
  const authenticate = runnerAuthentication(context.db);
  void app.register(async (scope) => {
    bodiesAsBytes(scope, Math.max(context.states.maxStateBytes, context.settings.maxPlanBytes));
    // States and plans are large: nothing of that size is read into memory for a stranger.
    scope.addHook("onRequest", async ({ method, headers }) => {
      const isSmall = Number(headers["content-length"]) <= smallBody;
      if (method !== "GET" && !isSmall) await authenticate(headers.authorization);
    });
    jobRoutes(scope, context, authenticate);
    reportRoutes(scope, context, authenticate);
    artifactRoutes(scope, context, authenticate);
    stateRoutes(scope, context, authenticate);
  });
}

function jobRoutes(scope: FastifyInstance, context: RunsContext, authenticate: AuthenticateRunner): void {
  scope.post("/api/runner/claim", hidden, async (request, reply) => {
    const runner = await authenticate(request.headers.authorization);
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    const job = await claimRun(context, runner, read(ClaimRequest, request), gone.signal);
    return job === undefined ? reply.status(204).send() : job;
  });
  scope.post("/api/runner/heartbeat", hidden, async (request) => {
    const runner = await authenticate(request.headers.authorization);
    const report = read(HeartbeatRequest, request);
    return tryAgain(() => heartbeat(context, runner, report));
  });
  scope.get(`${base}/input`, hidden, async (request, reply) => {
    const tar = await runInput(context, await callOf(authenticate, request));
    return reply.header("content-type", "application/x-tar").send(tar);
  });
  scope.get<{ Params: { phase: string } }>(`${base}/secrets/:phase`, hidden, async (request, reply) => {
    const { phase } = request.params;
    if (phase !== "plan" && phase !== "apply") throw problem("not_found", "Only plan and apply have secrets.");
    reply.header("cache-control", "no-store");
    return phaseSecrets(context, await callOf(authenticate, request), phase);
  });
}

function reportRoutes(scope: FastifyInstance, context: RunsContext, authenticate: AuthenticateRunner): void {
  scope.post(`${base}/planned`, hidden, async (request) => {
    const [call, report] = [await callOf(authenticate, request), read(PlannedReport, request)];
    return tryAgain(() => reportPlanned(context, call, report));
  });
  scope.post(`${base}/judged`, hidden, async (request, reply) => {
    const [call, report] = [await callOf(authenticate, request), read(JudgedReport, request)];
    await tryAgain(() => reportJudged(context, call, report));
    return reply.status(204).send();
  });
  scope.post(`${base}/events`, hidden, async (request) => {
    const [call, report] = [await callOf(authenticate, request), read(EventsReport, request)];
    return tryAgain(() => reportEvents(context, call, report.events));
  });
  scope.post(`${base}/finish`, hidden, async (request, reply) => {
    const [call, report] = [await callOf(authenticate, request), read(FinishReport, request)];
    await tryAgain(() => finishRun(context, call, report));
    return reply.status(204).send();
  });
}

function artifactRoutes(scope: FastifyInstance, context: RunsContext, authenticate: AuthenticateRunner): void {
  scope.get(`${base}/plan-file`, hidden, async (request, reply) => {
    const bytes = await downloadPlan(context, await callOf(authenticate, request));
    return reply.header("content-type", "application/octet-stream").header("cache-control", "no-store").send(bytes);
  });
  scope.get(`${base}/plan-json`, hidden, async (request, reply) => {
    const bytes = await downloadPlanJson(context, await callOf(authenticate, request));
    return reply.header("content-type", "application/json").header("cache-control", "no-store").send(bytes);
  });
  for (const [path, kind] of [
    ["plan-file", "plan"],
    ["plan-json", "plan_json"],
    ["errored-state", "errored_state"],
  ] as const)
    scope.put(`${base}/${path}`, hidden, async (request) => {
      const [call, bytes] = [await callOf(authenticate, request), bodyOf(request)];
      const announced = request.headers["x-content-sha256"];
      return uploadArtifact(context, call, kind, bytes, typeof announced === "string" ? announced : undefined);
    });
}

/** Terraform's http backend: https://developer.hashicorp.com/terraform/language/backend/http */
function stateRoutes(scope: FastifyInstance, context: RunsContext, authenticate: AuthenticateRunner): void {
  scope.get(`${base}/state`, hidden, async (request, reply) => {
    const state = await readRunState(context, await callOf(authenticate, request));
    if (state === undefined) return reply.status(404).send();
    return reply
      .header("content-type", "application/json")
      .header("content-md5", state.md5)
      .header("cache-control", "no-store")
      .send(state.bytes);
  });
  scope.post<{ Querystring: { ID?: string } }>(`${base}/state`, hidden, async (request, reply) => {
    const md5 = request.headers["content-md5"];
    const headers = { md5: typeof md5 === "string" ? md5 : undefined, lockId: request.query.ID };
    await writeRunState(context, await callOf(authenticate, request), bodyOf(request), headers);
    return reply.status(200).send();
  });
  for (const [method, to] of [
    ["LOCK", "lock"],
    ["UNLOCK", "unlock"],
  ] as const)
    scope.route({
      method,
      url: `${base}/state`,
      ...hidden,
      handler: async (request, reply) => {
        try {
          await lockRunState(context, await callOf(authenticate, request), bodyOf(request), to);
        } catch (error) {
          return answerLocked(error, reply);
        }
        return reply.status(200).send();
      },
    });
}

/** The engine wants the record of the lock that is in its way as the body of a 423. */
function answerLocked(error: unknown, reply: FastifyReply): FastifyReply {
  if (!(error instanceof Problem) || error.code !== "state_locked") throw error;
  return reply.status(423).send(error.data["lock"] ?? {});
}

/** Runners present a token of 32 random bytes and report as often as their runs need. */
const hidden = { schema: { hide: true }, config: { rateLimit: false as const } };

async function callOf(authenticate: AuthenticateRunner, request: FastifyRequest): Promise<RunnerCall> {
  const runner = await authenticate(request.headers.authorization);
  const address = Address.safeParse(request.params);
  if (!address.success) throw problem("not_found", "There is no such run.");
  return { runner, ...address.data };
}

function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** A JSON body, checked. */
function read<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(bodyOf(request).toString("utf8"));
  } catch (cause) {
    throw problem("invalid_request", "The body is not JSON.", { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw problem("invalid_request", `The body is not as the contract says: ${fields.join("; ")}.`);
}

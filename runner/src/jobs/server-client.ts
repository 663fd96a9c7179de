import { Agent as HttpAgent, type IncomingMessage, request as httpRequest, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Readable } from "node:stream";
import {
  type ClaimRequest,
  EventsAnswer,
  type FinishReport,
  type HeartbeatRequest,
  HeartbeatResponse,
  Job,
  type RunEvent,
} from "@plumbline/contract/jobs";
import { log } from "../log.ts";
import { clockWatch, describeSkew } from "./clock-skew.ts";

/** The server answered with an error. */
export class ServerRefused extends Error {
  override readonly name = "ServerRefused";
  readonly status: number;

  constructor(status: number, path: string, body: string) {
    super(`the server answered ${status} to ${path}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

/** Which run a call is about. The epoch says by which lease. */
export interface RunKey {
  runId: string;
  epoch: number;
}

/** A request passed on as it came. */
export interface PassedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Readable;
}

/** The server as the runner sees it. */
export interface ServerClient {
  /** Waits up to `waitSeconds` for a job. */
  claim(request: ClaimRequest, signal: AbortSignal): Promise<Job | undefined>;
  heartbeat(request: HeartbeatRequest): Promise<HeartbeatResponse>;
  sendEvents(run: RunKey, events: RunEvent[]): Promise<EventsAnswer>;
  finish(run: RunKey, report: FinishReport): Promise<void>;
  /** Seconds by which this machine's clock is ahead of the server's, as its last answer said. */
  clockSkew(): number;
  /** Passes a supervisor's call on, with the runner's token. Fails when nothing has moved for a minute. */
  pass(run: RunKey, request: PassedRequest): Promise<IncomingMessage>;
}

type SentRequest = Omit<RequestOptions, "headers"> & { headers: Record<string, string | number> };

/**
 * @param certificateAuthority PEM text of the authority that signed the server's certificate, if the system has it not.
 * @param silence Milliseconds after which a call is given up in which nothing moves: a machine that has gone away, or a
 *   container's port whose server has, leaves connections open that nobody answers any more.
 */
export function serverClient(
  server: URL,
  token: string,
  certificateAuthority: string | undefined,
  silence = 60_000,
): ServerClient {
  const isTls = server.protocol === "https:";
  const ca = certificateAuthority === undefined ? {} : { ca: certificateAuthority };
  const agent = isTls ? new HttpsAgent({ keepAlive: true, ...ca }) : new HttpAgent({ keepAlive: true });
  const send = (options: SentRequest, write: (sent: NodeJS.WritableStream) => void): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const all: RequestOptions = {
        protocol: server.protocol,
        hostname: server.hostname,
        port: server.port || (isTls ? 443 : 80),
        agent,
        ...options,
        headers: { ...options.headers, authorization: `Bearer ${token}` },
      };
      const sent = isTls ? httpsRequest(all, resolve) : httpRequest(all, resolve);
      sent.on("error", reject);
      sent.on("timeout", () => sent.destroy(new Error(`the server has been silent for ${silence / 1000} s`)));
      write(sent);
    });
  const clock = clockWatch((skew) =>
    log("warn", `this machine's clock is ${describeSkew(skew)}; set it (timedatectl set-ntp true)`, { skew }),
  );
  const base = server.pathname.replace(/\/$/, "");
  const post = async (path: string, body: unknown, signal?: AbortSignal): Promise<unknown> => {
    const bytes = Buffer.from(JSON.stringify(body));
    const headers = { "content-type": "application/json", "content-length": bytes.length };
    const answer = await send(
      { method: "POST", path: `${base}/api/runner${path}`, headers, signal: signal ?? AbortSignal.timeout(silence) },
      (sent) => sent.end(bytes),
    );
    clock.heard(answer.headers.date);
    const text = (await answer.setEncoding("utf8").toArray()).join("");
    if ((answer.statusCode ?? 500) >= 400) throw new ServerRefused(answer.statusCode ?? 500, path, text);
    return text === "" ? undefined : JSON.parse(text);
  };
  const runPath = ({ runId, epoch }: RunKey) => `/runs/${runId}/${epoch}`;
  return {
    async claim(request, signal) {
      const answer = await post("/claim", request, signal);
      return answer === undefined ? undefined : Job.parse(answer);
    },
    heartbeat: async (request) => HeartbeatResponse.parse(await post("/heartbeat", request)),
    sendEvents: async (run, events) => EventsAnswer.parse(await post(`${runPath(run)}/events`, { events })),
    async finish(run, report) {
      await post(`${runPath(run)}/finish`, report);
    },
    clockSkew: () => clock.skew(),
    pass: (run, { method, path, headers, body }) =>
      send({ method, path: `${base}/api/runner${runPath(run)}${path}`, headers, timeout: silence }, (sent) =>
        body.pipe(sent),
      ),
  };
}

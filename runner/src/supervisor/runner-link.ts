import type { IncomingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { request } from "./http.ts";

/** An answer of the server, through the runner. */
export interface LinkAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A call to the server, through the runner. `path` begins after `/api/runner/runs/:runId/:epoch`. */
export interface LinkCall {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** The server refused: repeating does not help. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;
  readonly code: string;

  constructor(call: LinkCall, answer: LinkAnswer) {
    const problem = readProblem(answer.body);
    super(problem.detail || `the server answered ${answer.status} to ${call.method} ${call.path}`);
    this.status = answer.status;
    this.code = problem.code;
  }
}

/** The way from a supervisor to its runner: one unix socket, at which a new runner may listen any time later. */
export interface RunnerLink {
  /** Repeats until the server has given an answer that is final (below 500, not 408 or 429), or `signal` ends it. */
  call(call: LinkCall, signal?: AbortSignal): Promise<LinkAnswer>;
  /** As `call`; throws RefusedError for an answer of 400 and more. */
  demand(call: LinkCall, signal?: AbortSignal): Promise<LinkAnswer>;
  /** A connection to a host outside, made by the runner after its own look at the allow-list. */
  tunnel(step: string, authority: string): Promise<Duplex>;
}

/**
 * Makes the link. `socket` is the path of the runner's unix socket; `egress` that of the process which connects an apply
 * outside and stays when the runner goes.
 */
export function runnerLink(socket: string, egress?: string): RunnerLink {
  const call = async (wanted: LinkCall, signal?: AbortSignal): Promise<LinkAnswer> => {
    for (let pause = 50; ; pause = Math.min(pause * 2, 2_000)) {
      signal?.throwIfAborted();
      try {
        const answer = await callOnce(socket, wanted, signal);
        if (answer.status < 500 && answer.status !== 408 && answer.status !== 429) return answer;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof Error)) throw error;
      }
      // why it was aborted is thrown above
      await sleep(pause, undefined, signal ? { signal } : {}).catch(() => {});
    }
  };
  return {
    call,
    async demand(wanted, signal) {
      const answer = await call(wanted, signal);
      if (answer.status >= 400) throw new RefusedError(wanted, answer);
      return answer;
    },
    async tunnel(step, authority) {
      // it is started with the run and needs a moment
      for (let tries = 0; egress !== undefined && tries < 20; tries += 1)
        try {
          return await openTunnel(egress, step, authority);
        } catch (error) {
          if (!isAbsent(error)) throw error;
          await sleep(100);
        }
      return openTunnel(socket, step, authority);
    },
  };
}

function callOnce(socketPath: string, call: LinkCall, signal?: AbortSignal): Promise<LinkAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath,
        method: call.method,
        path: call.path,
        headers: { ...call.headers, "content-length": call.body?.length ?? 0 },
        ...(signal ? { signal } : {}),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(call.body);
  });
}

/** Nobody listens at a socket. */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ECONNREFUSED");
}

function openTunnel(socketPath: string, step: string, authority: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method: "CONNECT", path: authority, headers: { "x-plumbline-step": step } });
    sent.on("connect", (response, socket, head) => {
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new Error(String(response.headers["x-plumbline-reason"] ?? "the runner refused the connection")));
    });
    sent.on("response", (response) => {
      response.resume();
      reject(new Error(String(response.headers["x-plumbline-reason"] ?? "the runner refused the connection")));
    });
    sent.on("error", reject);
    sent.end();
  });
}

function readProblem(body: Buffer): { code: string; detail: string } {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null) return { code: "", detail: "" };
    const text = (name: string) => {
      const value: unknown = Object.getOwnPropertyDescriptor(parsed, name)?.value;
      return typeof value === "string" ? value : "";
    };
    return { code: text("code"), detail: text("detail") };
  } catch {
    return { code: "", detail: "" };
  }
}

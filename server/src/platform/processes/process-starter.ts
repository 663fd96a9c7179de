import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProcessOrder, RunningProcess, StartProcess } from "./running-process.ts";
import { byLine, socketName, type StarterReport, type StarterRequest } from "./starter-protocol.ts";

/** Starts programs from a small process of its own. */
export interface ProcessStarter {
  start: StartProcess;
  /** Ends it; what it started goes on. */
  stop(): void;
}

/**
 * A process that starts others is copied by the kernel, its memory's page tables one by one: some 3 ms for a server of 250 MB.
 * So a small process does it. The streams of what it starts are connected with this one, nothing passes through it.
 *
 * It is started with the first order, and again should it end.
 */
export function processStarter(): ProcessStarter {
  let running: Starter | undefined;
  return {
    start(order) {
      if (running === undefined || running.ended) running = new Starter();
      return running.start(order);
    },
    stop: () => running?.stop(),
  };
}

/** A process that was ordered, until it has ended and all its streams are here: a short one ends first. */
interface Ordered {
  streams: Map<number, Socket>;
  wanted: number;
  hasEnded: boolean;
  connected: () => void;
  ended: (code: number | null) => void;
  failed: (error: Error) => void;
}

class Starter {
  ended = false;
  readonly #folder = mkdtempSync(join(tmpdir(), "plumbline-"));
  readonly #ordered = new Map<string, Ordered>();
  readonly #server: Server;
  readonly #listening: Promise<void>;
  readonly #child: ChildProcess;

  constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#receive(socket));
    this.#server.unref();
    this.#listening = new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(join(this.#folder, socketName), resolve);
    });
    const main = fileURLToPath(new URL("starter-main.ts", import.meta.url));
    this.#child = spawn(process.execPath, [main, this.#folder], {
      env: {},
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    this.#child.stdin?.on("error", ignore);
    this.#child.stdout?.setEncoding("utf8").on(
      "data",
      byLine((line) => this.#hear(JSON.parse(line))),
    );
    this.#child.once("error", (error) => this.#end(error));
    this.#child.once("exit", () => this.#end(new Error("the process that starts others has ended")));
    // a program that has nothing else to do may end
    for (const part of [this.#child, this.#child.stdin, this.#child.stdout]) unref(part);
  }

  async start(order: ProcessOrder): Promise<RunningProcess> {
    await this.#listening;
    const key = randomBytes(16).toString("hex");
    const streams = new Map<number, Socket>();
    const wanted = order.stdio.filter((kind) => kind === "pipe").length;
    const connected = Promise.withResolvers<void>();
    const exited = Promise.withResolvers<number | null>();
    const failed = (error: Error) => {
      connected.reject(error);
      exited.reject(error);
    };
    this.#ordered.set(key, {
      streams,
      wanted,
      hasEnded: false,
      connected: connected.resolve,
      ended: exited.resolve,
      failed,
    });
    if (wanted === 0) connected.resolve();
    exited.promise.catch(ignore); // heard of below, by `closed`, if not before
    this.#say({ key, order });
    await connected.promise;
    const stdio = order.stdio.map((_kind, descriptor) => streams.get(descriptor) ?? null);
    const [input, ...outputs] = stdio;
    const closed = Promise.all([exited.promise, ...outputs.map(readToEnd)]).then(([code]) => code);
    closed.catch(ignore);
    exited.promise.then(
      () => input?.destroy(),
      () => stdio.forEach((stream) => stream?.destroy()),
    );
    return { stdio, closed, kill: (signal) => this.#say({ key, kill: signal }) };
  }

  stop(): void {
    this.ended = true;
    this.#child.stdin?.end();
    this.#server.close();
  }

  #say(request: StarterRequest): void {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
  }

  #hear(report: StarterReport): void {
    const ordered = this.#ordered.get(report.key);
    if (!ordered) return;
    if ("failed" in report) {
      this.#ordered.delete(report.key);
      ordered.failed(new Error(report.failed));
      return;
    }
    ordered.hasEnded = true;
    this.#forget(report.key, ordered);
    ordered.ended(report.ended);
  }

  /** Reads the first line of a stream, and gives the rest to who ordered the process. */
  #receive(socket: Socket): void {
    let head = Buffer.alloc(0);
    const look = (): void => {
      const piece: Buffer | null = socket.read();
      if (piece !== null) head = Buffer.concat([head, piece]);
      const newline = head.indexOf(10);
      if (newline < 0) {
        if (head.length > longestHead) socket.destroy();
        return;
      }
      socket.off("readable", look);
      if (newline + 1 < head.length) socket.unshift(head.subarray(newline + 1));
      const [key = "", descriptor] = head.toString("latin1", 0, newline).split(" ");
      this.#connect(key, Number(descriptor), socket);
    };
    // what breaks is closed, and who reads or writes it hears that
    socket.on("error", ignore).on("readable", look);
  }

  #connect(key: string, descriptor: number, socket: Socket): void {
    const ordered = this.#ordered.get(key);
    if (!ordered || ordered.streams.has(descriptor)) {
      socket.destroy();
      return;
    }
    ordered.streams.set(descriptor, socket);
    if (descriptor > 0) socket.once("end", () => socket.end());
    if (ordered.streams.size < ordered.wanted) return;
    this.#forget(key, ordered);
    ordered.connected();
  }

  #forget(key: string, { hasEnded, streams, wanted }: Ordered): void {
    if (hasEnded && streams.size >= wanted) this.#ordered.delete(key);
  }

  #end(error: Error): void {
    this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
    for (const ordered of this.#ordered.values()) ordered.failed(error);
    this.#ordered.clear();
  }
}

const longestHead = 100;

function ignore(): void {}

function unref(part: unknown): void {
  if (typeof part === "object" && part !== null && "unref" in part && typeof part.unref === "function") part.unref();
}

/** Resolves when a stream was read to its end, or broke. */
function readToEnd(stream: Socket | null): Promise<void> {
  return new Promise((resolve) =>
    stream === null || stream.closed ? resolve() : void stream.once("close", () => resolve()),
  );
}

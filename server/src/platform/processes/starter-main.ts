import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { byLine, socketName, type StarterReport, type StarterRequest } from "./starter-protocol.ts";
import type { ProcessOrder } from "./running-process.ts";

// Starts programs for the server: `node starter-main.ts <folder of the socket>`. It ends, and removes the folder, when its input
// does, and not before: whoever stops the server's whole group of processes wants it to end as it likes.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

const [folder = ""] = process.argv.slice(2);
const children = new Map<string, ChildProcess>();

process.stdin.setEncoding("utf8");
process.stdin.on(
  "data",
  byLine((line) => take(JSON.parse(line))),
);
process.stdin.on("end", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});

function take(request: StarterRequest): void {
  if ("kill" in request) children.get(request.key)?.kill(request.kill);
  else void start(request.key, request.order).catch((error: unknown) => failed(request.key, error));
}

async function start(key: string, { program, args, cwd, env, stdio }: ProcessOrder): Promise<void> {
  const streams = await Promise.all(
    stdio.map(async (kind, descriptor) => (kind === "pipe" ? open(key, descriptor) : kind)),
  );
  const child = spawn(program, [...args], { cwd, env: { ...env }, stdio: streams });
  children.set(key, child);
  child.once("error", (error) => failed(key, error));
  child.once("exit", (code) => {
    children.delete(key);
    report({ key, ended: code });
  });
  // only the program holds them now: they end with it
  for (const stream of streams) if (typeof stream !== "string") stream.destroy();
}

function failed(key: string, error: unknown): void {
  children.delete(key);
  report({ key, failed: error instanceof Error ? error.message : String(error) });
}

/** A connection of which nothing was read here: what the server sends is for the program. */
function open(key: string, descriptor: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(join(folder, socketName));
    socket.pause();
    socket.once("error", reject);
    socket.write(`${key} ${descriptor}\n`, () => resolve(socket));
  });
}

function report(report: StarterReport): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

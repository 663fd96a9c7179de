// Runs inside a sandbox at the runner's start and prints what it can see and do there, as one JSON object.
// Arguments: a file of the host, a port on the host's loopback.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";

function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 1_000 });
    const end = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.on("connect", () => end(true));
    socket.on("error", () => end(false));
    socket.on("timeout", () => end(false));
  });
}

const [hostFile = "", port = "0"] = process.argv.slice(2);
const status = readFileSync("/proc/self/status", "utf8");
const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(status)?.[1] ?? "";
const seen = {
  uid: process.getuid?.() ?? -1,
  capabilities: field("CapEff"),
  noNewPrivileges: field("NoNewPrivs"),
  processes: readdirSync("/proc").filter((name) => /^\d+$/.test(name)).length,
  interfaces: Object.keys(networkInterfaces()),
  environment: Object.keys(process.env),
  readsHostFile: succeeds(() => readFileSync(hostFile)),
  reachesHost: await canConnect(Number(port)),
  writesRoot: succeeds(() => writeFileSync("/written", "")),
  writesTree: succeeds(() => writeFileSync("/work/written", "")),
  makesUserNamespace: succeeds(() => execFileSync("/usr/bin/unshare", ["--user", "true"], { stdio: "ignore" })),
};
process.stdout.write(`${JSON.stringify(seen)}\n`);

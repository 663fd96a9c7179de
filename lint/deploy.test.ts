import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readRunnerConfig } from "../runner/src/config.ts";
import { readConfig } from "../server/src/platform/config/index.ts";

const folder = mkdtempSync(join(tmpdir(), "plumbline-deploy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (path: string) => readFileSync(new URL(`../deploy/${path}`, import.meta.url), "utf8");

/** The example with everything in it that is commented out: "# key: value" becomes "key: value". */
function everything(text: string): string {
  return text.replaceAll(/^( *)# ?((?: *[a-zA-Z]+:(?: .*)?)|(?:- \{.*))$/gm, "$1$2");
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text.replaceAll("/etc/plumbline/runner.token", join(folder, "token")));
  return file;
}
writeFileSync(join(folder, "token"), "plr_token\n");

describe("the examples of deploy/config are read as they are, and with all that is commented out", () => {
  test("server.yaml", () => {
    const example = read("config/server.yaml");
    expect(readConfig({ file: written("a.yaml", example) })).toMatchObject({
      publicUrl: "https://plumbline.example.com",
      dataDir: "/var/lib/plumbline",
      trustedProxies: ["127.0.0.1", "::1"],
    });
    expect(readConfig({ file: written("b.yaml", everything(example)) })).toMatchObject({
      tls: { certFile: "/etc/plumbline/tls/fullchain.pem" },
      database: { poolSize: 16, applicationUrl: expect.stringContaining("plumbline_app@") },
      mail: { from: "plumbline@example.com" },
    });
  });

  test("runner.yaml", () => {
    const example = read("config/runner.yaml");
    expect(readRunnerConfig(written("c.yaml", example), {})).toMatchObject({
      server: "https://plumbline.example.com",
      token: "plr_token",
      dataDirectory: "/var/lib/plumbline-runner",
    });
    expect(readRunnerConfig(written("d.yaml", everything(example)), {})).toMatchObject({
      capacity: 4,
      directRegistry: true,
      opa: "/usr/local/bin/opa",
      engines: [{ name: "terraform" }, { name: "tofu" }],
    });
  });
});

test("no container is privileged, none has a capability, and only the runner's profiles are opened", () => {
  const compose = read("container/compose.yaml");
  expect(compose).not.toMatch(/^\s*(privileged|cap_add|pid|ipc):/m);
  const service = (name: string) => compose.split(/^  (?=\w+:$)/m).find((part) => part.startsWith(`${name}:`)) ?? "";
  for (const name of ["server", "runner"]) {
    expect(service(name)).toContain("cap_drop: [ALL]");
    expect(service(name)).toContain("no-new-privileges:true");
  }
  expect(service("server")).not.toContain("unconfined");
  const { defaultAction, syscalls } = JSON.parse(read("container/seccomp-runner.json"));
  expect(defaultAction).toBe("SCMP_ACT_ALLOW");
  const forbidden: string[] = syscalls[0].names;
  expect(forbidden).toContain("bpf");
  for (const needed of ["clone", "unshare", "mount", "pivot_root", "setns", "umount2"])
    expect(forbidden).not.toContain(needed);
});

test("what an installation keeps beside the Dockerfile stays out of the image, and what compose calls is there", () => {
  // compose.yaml reads .env, runner.token and tls/ from that folder, and the whole checkout is the build's context.
  expect(read("container/Dockerfile.dockerignore").split("\n")).toEqual(
    expect.arrayContaining(["deploy/container", "**/.env", ".plumbline"]),
  );
  const called = read("container/compose.yaml").matchAll(/\/opt\/plumbline\/([\w/.-]+\.ts)/g);
  const programs = [...called].map(([, program = ""]) => program);
  expect(programs).toContain("server/src/ready-main.ts");
  for (const program of programs) expect(existsSync(new URL(`../${program}`, import.meta.url))).toBe(true);
});

/** The settings of a unit by name. */
function settingsOf(unit: string): Map<string, string> {
  const text = read(`systemd/plumbline-${unit}.service`);
  return new Map([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]));
}

test("the units ask for nothing that bubblewrap cannot live with, and end a runner without its applies", () => {
  const settings = settingsOf("runner");
  for (const breaks of [
    "RestrictNamespaces",
    "ProtectKernelTunables",
    "ProtectKernelLogs",
    "ProtectProc",
    "ProcSubset",
    "ProtectHostname",
  ])
    expect(settings.has(breaks)).toBe(false);
  expect(settings.get("KillMode")).toBe("process");
  expect(settings.get("RestartPreventExitStatus")).toBe("78");
  // What of bubblewrap's calls is not among systemd's @system-service.
  const calls = settings.get("SystemCallFilter")?.split(" ");
  expect(calls).toEqual(expect.arrayContaining(["@mount", "seccomp", "sethostname"]));
});

test("the units let both programs ask the kernel for the machine's addresses", () => {
  // A server that listens on 0.0.0.0 ends at its start without (uv_interface_addresses, EAFNOSUPPORT).
  for (const unit of ["server", "runner"])
    expect(settingsOf(unit).get("RestrictAddressFamilies")?.split(" ")).toContain("AF_NETLINK");
});

test("the sandbox works under what the runner's unit takes away", () => {
  const withoutPrivileges = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
  const nested = ["--unshare-net", "--dev-bind", "/", "/", "--", "bwrap", "--unshare-user", "--disable-userns"];
  const inner = ["--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib"];
  const rest = ["--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--", "/bin/echo", "inside"];
  const identity = process.getuid?.() === 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : [];
  const command = [...identity, ...withoutPrivileges, "bwrap", ...nested, ...inner, ...rest];
  expect(execFileSync("setpriv", command, { encoding: "utf8", cwd: "/" })).toBe("inside\n");
});

import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import type { HostLayout } from "./host-layout.ts";
import { limitArguments, type ProcessLimits } from "./limits.ts";
import { outerArguments } from "./outer-arguments.ts";
import { sandboxPath, sandboxPaths } from "./paths.ts";
import { phaseArguments } from "./phase-arguments.ts";
import type { SandboxedStep } from "./phase-profile.ts";
import { runInSandbox } from "./run-in-sandbox.ts";
import { adviseOnUserNamespaces } from "./user-namespaces.ts";

/** What the self-test needs. */
export interface SelfTestOptions {
  /** Path of bwrap. */
  program: string;
  prlimit: string;
  limits: ProcessLimits;
  node: string;
  host: HostLayout;
  /** An existing folder for the test's files. */
  folder: string;
}

interface Seen {
  uid: number;
  capabilities: string;
  noNewPrivileges: string;
  processes: number;
  interfaces: string[];
  environment: string[];
  readsHostFile: boolean;
  reachesHost: boolean;
  writesRoot: boolean;
  writesTree: boolean;
  makesUserNamespace: boolean;
}

/**
 * Starts sandboxes as runs do, nested, and looks from inside whether they hold: files, processes and network of the host
 * out of reach, no privileges. Throws `sandbox_unavailable` with everything that is wrong.
 */
export async function sandboxSelfTest(options: SelfTestOptions): Promise<void> {
  const folder = join(options.folder, `self-test-${randomBytes(6).toString("hex")}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const listener = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  try {
    const address = listener.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const steps: SandboxedStep[] = ["plan", "show"];
    const wrong = await Promise.all(
      steps.map(async (step) => mistakes(step, await probe(options, join(folder, step), step, port))),
    );
    const all = wrong.flat();
    if (all.length > 0) throw problem("sandbox_unavailable", `The sandbox does not hold: ${all.join("; ")}.`);
  } finally {
    listener.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function probe(options: SelfTestOptions, folder: string, step: SandboxedStep, port: number): Promise<Seen> {
  const at = (name: string) => join(folder, name);
  for (const name of ["tree", "copy", "data", "out", "etc"]) mkdirSync(at(name), { recursive: true });
  for (const name of ["passwd", "group", "hosts"]) writeFileSync(join(folder, "etc", name), "");
  writeFileSync(at("cli.tfrc"), "");
  const secret = at("secret");
  writeFileSync(secret, "not to be seen");
  const script = `${sandboxPaths.app}/probe.ts`;
  const inner = phaseArguments({
    step,
    host: options.host,
    pristine: at("tree"),
    copy: at("copy"),
    data: at("data"),
    out: at("out"),
    etc: at("etc"),
    cliConfig: at("cli.tfrc"),
    programs: { node: options.node },
    mirrors: [],
    extra: [{ from: join(import.meta.dirname, "probe.ts"), to: script }],
    directory: sandboxPaths.work,
    environment: { PATH: sandboxPath },
  });
  const command = [`${sandboxPaths.bin}/node`, script, secret, String(port)];
  const limited = [options.prlimit, ...limitArguments(options.limits), ...command];
  const args = outerArguments([options.program, "--args", "3", "--", ...limited]);
  const { exitCode, stdout, stderr } = await runInSandbox(options.program, args, inner);
  if (exitCode !== 0) throw doesNotWork(stderr);
  const seen: Seen = JSON.parse(stdout);
  return seen;
}

function doesNotWork(stderr: string): Problem {
  const next = adviseOnUserNamespaces();
  const detail = `bubblewrap does not work on this machine: ${stderr.trim().slice(0, 1000)}`;
  return problem("sandbox_unavailable", detail, next === undefined ? {} : { next });
}

function mistakes(step: SandboxedStep, seen: Seen): string[] {
  const wrong: [boolean, string][] = [
    [seen.uid !== 1000, `it runs as uid ${seen.uid}`],
    [!/^0+$/.test(seen.capabilities), `it has the capabilities ${seen.capabilities}`],
    [seen.noNewPrivileges !== "1", "it may gain privileges"],
    [seen.processes > 4, `it sees ${seen.processes} processes`],
    [seen.interfaces.some((name) => name !== "lo"), `it has the network interfaces ${seen.interfaces.join(", ")}`],
    [
      seen.environment.some((name) => !["PATH", "PWD", "SHLVL", "_"].includes(name)),
      "it inherits environment variables",
    ],
    [seen.readsHostFile, "it reads files of this machine"],
    [seen.reachesHost, "it reaches the loopback of this machine"],
    [seen.writesRoot, "it can write beside its folders"],
    [
      seen.writesTree !== (step === "plan"),
      step === "plan" ? "it cannot write in its copy" : "it can write into the tree",
    ],
    [seen.makesUserNamespace, "it can make user namespaces"],
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, what]) => `in ${step} ${what}`);
}

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identify } from "../supervisor/process-tree.ts";
import { withProviders } from "./start-providers.ts";

const engine = `#!/bin/sh
printf '%s\\n' "$TF_REATTACH_PROVIDERS"
printf '<%s>\\n' "$@"
sleep 0.1
exit 3
`;

describe("an engine whose providers are started before it", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "providers-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o755 });
    return path;
  };
  /** A provider that says `line`, does `then`, and ends after a while. */
  const provider = (name: string, line: string, then = ""): { address: string; program: string } => ({
    address: `example.com/acme/${name}`,
    program: program(name, `#!/bin/sh\necho '${line}'\n${then}\nexec sleep 0.5 >/dev/null 2>&1\n`),
  });
  const start = (providers: { address: string; program: string }[], args: string[] = []) => {
    const [file = "", ...rest] = withProviders(providers, [program("engine", engine), ...args]);
    const { stdout, stderr, status } = spawnSync(file, rest, {
      env: { PATH: "/usr/bin:/bin", TMPDIR: folder },
      encoding: "utf8",
      timeout: 20_000,
    });
    const [first = "", ...more] = stdout.split("\n");
    const reattach: Record<string, unknown> = JSON.parse(first === "" ? "{}" : first);
    return { reattach, rest: more.join("\n"), stderr, status };
  };
  const entry = (protocol: number, socket: string) => ({
    Protocol: "grpc",
    ProtocolVersion: protocol,
    Pid: expect.any(Number),
    Test: true,
    Addr: { Network: "unix", String: socket },
  });

  it("is told where each of them listens", () => {
    const { reattach, status } = start([
      provider("aws", "1|5|unix|/tmp/plugin1/a.sock|grpc|", `[ "$PLUGIN_PROTOCOL_VERSIONS" = 5,6 ] || exit`),
      provider("lab", "1|6|unix|/tmp/plugin2/b_c-d.sock|grpc|"),
    ]);
    expect(reattach).toEqual({
      "example.com/acme/aws": entry(5, "/tmp/plugin1/a.sock"),
      "example.com/acme/lab": entry(6, "/tmp/plugin2/b_c-d.sock"),
    });
    expect(status).toBe(3);
  });

  it("gets its arguments as they are", () => {
    const args = ["plan", "-var-file=a b", "$(id)", "--", "line\nbreak", "*"];
    expect(start([provider("lab", "1|6|unix|/s|grpc|")], args).rest).toBe(args.map((arg) => `<${arg}>\n`).join(""));
  });

  it("starts those itself that say nothing it could use", () => {
    const { reattach, status } = start([
      provider("ended", "", "exit 1"),
      provider("network", "1|6|tcp|127.0.0.1:1234|grpc|"),
      provider("quote", '1|6|unix|/tmp/"x|grpc|'),
      provider("old", "1|4|unix|/tmp/x|netrpc|"),
      { address: "example.com/acme/absent", program: join(folder, "absent") },
      provider("lab", "1|6|unix|/s|grpc|"),
    ]);
    expect(reattach).toEqual({ "example.com/acme/lab": entry(6, "/s") });
    expect(status).toBe(3);
  });

  it("shows of what they print only why they crash", () => {
    const crash = "echo more; echo 'a record with a secret' >&2; echo 'panic: nil map' >&2; echo 'goroutine 1' >&2";
    const { rest, stderr } = start([provider("lab", "1|6|unix|/s|grpc|", crash)]);
    expect(stderr).toBe("panic: nil map\ngoroutine 1\n");
    expect(rest).toBe("<>\n");
  });

  it("takes them along when it ends, also when it is interrupted before it began", async () => {
    const lasting = (name: string, line: string) => {
      const text = `#!/bin/sh\necho $$ >${folder}/${name}.pid\necho '${line}'\nexec sleep 60\n`;
      return { address: `example.com/acme/${name}`, program: program(name, text) };
    };
    const ended = async (name: string) => {
      const pid = Number(readFileSync(join(folder, `${name}.pid`), "utf8"));
      await expect.poll(() => identify(pid)).toBeUndefined();
    };
    expect(start([lasting("lab", "1|6|unix|/s|grpc|")]).status).toBe(3);
    await ended("lab");
    const [file = "", ...rest] = withProviders([lasting("mute", "no line break\\c")], [program("engine", engine)]);
    const child = spawn(file, rest, { env: { PATH: "/usr/bin:/bin", TMPDIR: folder }, stdio: "ignore" });
    const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
    await expect.poll(() => existsSync(join(folder, "mute.pid"))).toBe(true);
    await sleep(100);
    child.kill("SIGINT");
    expect(await exit).toBe(130);
    await ended("mute");
  });

  it("is started alone where there are none", () => {
    expect(withProviders([], ["terraform", "plan"])).toEqual(["terraform", "plan"]);
  });
});

import { spawnSync } from "node:child_process";
import { openSync, closeSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs a program that is not ours to its end. The shell tells the CPU of it and of all that it started; `output` is how
 * many bytes it printed. Throws where it fails.
 */
export function measureForeign(
  folder: string,
  program: string,
  args: readonly string[],
): { seconds: number; output: number } {
  const printed = join(folder, "foreign.out");
  const said = join(folder, "foreign.err");
  const [out, err] = [openSync(printed, "w"), openSync(said, "w")];
  const script = 'exec 3>&1; "$@" >"$OUT" 2>"$ERR"; status=$?; times >&3; exit $status';
  const { status, stdout } = spawnSync("/bin/sh", ["-c", script, "sh", program, ...args], {
    cwd: folder,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: folder, LANG: "C.UTF-8", OUT: printed, ERR: said },
    encoding: "utf8",
  });
  closeSync(out);
  closeSync(err);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${readFileSync(said, "utf8").slice(-500)}`);
  // The second line is about what the shell started: user and system, as `0m1.23s 0m0.10s`.
  const [, children = ""] = stdout.trim().split("\n");
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest),
    0,
  );
  return { seconds, output: statSync(printed).size };
}

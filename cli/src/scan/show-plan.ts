import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { showPlanArguments } from "@plumbline/engine/terraform/commands";
import { UsageFault } from "../command/faults.ts";
import { mostBytes } from "./read-bytes.ts";

/** What the engine gets of the environment: where it finds itself and its providers, and no credentials. */
const passed = ["PATH", "HOME", "TMPDIR", "TF_DATA_DIR", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"];
const timeoutMs = 120_000;

/**
 * A saved plan as JSON: `show -json` of the first engine on PATH that reads it, run in the plan's root module, where the
 * providers are installed. Throws what says how to get there by hand.
 */
export async function showPlan(
  plan: string,
  directory: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const said: string[] = [];
  for (const name of ["terraform", "tofu"]) {
    const engine = findOnPath(name, env["PATH"] ?? "");
    if (engine === undefined) continue;
    const shown = await show(engine, plan, directory, env);
    if (shown.ok) return shown.stdout;
    said.push(`${name}: ${shown.reason}`);
  }
  throw new UsageFault(
    said.length === 0
      ? "The values in a saved plan are read by terraform or tofu, and neither is on PATH."
      : `The saved plan was not read. ${said.join(" ")}`,
    "Where the plan was made, run terraform show -json PLANFILE > plan.json, then plumb scan plan.json --source DIRECTORY.",
  );
}

type Shown = { ok: true; stdout: string } | { ok: false; reason: string };

function show(
  engine: string,
  plan: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Shown> {
  const own = Object.fromEntries(passed.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const options = {
    cwd,
    env: { ...own, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" },
    maxBuffer: mostBytes,
    timeout: timeoutMs,
    killSignal: "SIGKILL" as const,
  };
  return new Promise((resolve) => {
    execFile(engine, showPlanArguments(plan), options, (fault, stdout, stderr) => {
      if (!fault) return resolve({ ok: true, stdout });
      const lines = stderr.split("\n").map((line) => line.replace(/^[\s│╷╵]+/, "").trim());
      const reason = lines
        .filter((line) => line !== "")
        .slice(0, 4)
        .join(" ");
      resolve({
        ok: false,
        reason: fault.killed ? "it took too long or said too much." : reason || fault.message,
      });
    });
  });
}

function findOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((directory) => directory !== "")
    .map((directory) => join(directory, name))
    .find((candidate) => {
      try {
        accessSync(candidate, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

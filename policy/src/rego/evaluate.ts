import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem } from "@plumbline/contract/errors";
import { isObject, objectsAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { writeBundle } from "./bundle.ts";
import { restrictedCapabilities } from "./capabilities.ts";
import { faultsIn, isOutOfTime } from "./faults.ts";
import { environmentFor, outOfCpu, whyStopped } from "./limits.ts";
import type { RegoLimits } from "./limits.ts";
import { entryPackage } from "./prepare.ts";
import type { Policy } from "./prepare.ts";
import { attemptWithout } from "./repair.ts";
import type { Attempt } from "./repair.ts";
import type { RunProgram } from "./run-program.ts";

/** One value of one rule. `resource` is the position in the list of resources, or below 0 for the whole plan. */
export interface RegoValue {
  package: string;
  rule: string;
  resource: number;
  value: Json;
}

export interface Evaluation {
  values: RegoValue[];
  /** Files that took part to the end. */
  evaluated: Policy[];
  failures: Problem[];
}

export interface EvaluateOptions {
  opa: string;
  run: RunProgram;
  /** A private directory is made in it and removed again. */
  directory: string;
  limits: RegoLimits;
}

/**
 * Evaluates all policies over `input`, the JSON text of `{ plan, resources }`, with `data` as their data document, in one
 * OPA process. A file that OPA refuses is left out and reported; the rest is evaluated all the same.
 */
export async function evaluatePolicies(
  policies: readonly Policy[],
  data: JsonObject,
  input: string,
  options: EvaluateOptions,
): Promise<Evaluation> {
  return inDirectory(options, async (directory) => {
    const { answer, taken, failures } = await attemptWithout(policies, async (left, number) => {
      const bundle = `bundle-${number}`;
      await writeBundle(join(directory, bundle), left, data);
      return askOpa(directory, bundle, input, options);
    });
    return { values: answer ?? [], evaluated: taken, failures };
  });
}

/** Makes a private directory with `capabilities.json` in it, and removes it again. */
export async function inDirectory<T>(
  { opa, run, directory }: Pick<EvaluateOptions, "opa" | "run" | "directory">,
  act: (directory: string) => Promise<T>,
): Promise<T> {
  const own = await mkdtemp(join(directory, "rego-"));
  try {
    await writeFile(join(own, "capabilities.json"), await restrictedCapabilities(opa, run, own));
    return await act(own);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function askOpa(
  directory: string,
  bundle: string,
  input: string,
  { opa, run, limits }: EvaluateOptions,
): Promise<Attempt<RegoValue[]>> {
  const args = ["eval", "--format", "json", "--stdin-input", "--capabilities", "capabilities.json"];
  args.push("--timeout", `${limits.wallMs}ms`, "--bundle", bundle, `data.${entryPackage}.results`);
  // OPA watches the wall time itself and says so; the harder limit is for what it cannot interrupt.
  const { wallMs, cpuMs, memoryBytes } = limits;
  const environment = environmentFor(limits);
  const result = await run(opa, args, { input, timeoutMs: wallMs + 3000, cpuMs, memoryBytes, environment, directory });
  const because = (message: string) => ({ faults: [{ message, isParseError: false }] });
  if (result.stopped) return because(whyStopped(result.stopped, limits));
  if (isOutOfTime(result.stdout.slice(0, 2000))) return because(outOfCpu(limits));
  if (result.exitCode !== 0) {
    const faults = faultsIn(result.stdout);
    if (faults.length > 0) return { faults };
    return because(`OPA ended with ${result.exitCode ?? "a signal"}: ${result.stderr.trim().slice(0, 500)}`);
  }
  const values = valuesIn(result.stdout);
  return values ? { answer: values } : because("OPA answered without a result");
}

function valuesIn(text: string): RegoValue[] | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  const first = isObject(answer) ? objectsAt(answer, "result")[0] : undefined;
  const results = objectsAt(first, "expressions")[0]?.["value"];
  return Array.isArray(results) ? results.flatMap(toValue) : undefined;
}

function toValue(entry: Json): RegoValue[] {
  if (!Array.isArray(entry)) return [];
  const [name, rule, resource, value] = entry;
  if (typeof name !== "string" || typeof rule !== "string" || typeof resource !== "number" || value === undefined)
    return [];
  return [{ package: name, rule, resource, value }];
}

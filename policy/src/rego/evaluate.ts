import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { writeBundle } from "./bundle.ts";
import { restrictedCapabilities } from "./capabilities.ts";
import { entryPackage } from "./prepare.ts";
import type { Policy } from "./prepare.ts";
import type { RunProgram } from "./run-program.ts";

/** One value of one rule. `resource` is the position in the list of resources, or -1 for the whole plan. */
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
  timeoutMs: number;
}

/** Attempts at most: each takes one faulty file out, or reads it in the other version of the language. */
const mostAttempts = 12;

/**
 * Evaluates all policies over `{ plan, resources }` in one OPA process. A file that OPA refuses is tried once in the
 * other version of Rego, then left out and reported; the rest is evaluated all the same.
 */
export async function evaluatePolicies(
  policies: readonly Policy[],
  input: JsonObject,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const directory = await mkdtemp(join(options.directory, "rego-"));
  try {
    await writeFile(
      join(directory, "capabilities.json"),
      await restrictedCapabilities(options.opa, options.run, directory),
    );
    return await evaluateIn(directory, policies, JSON.stringify(input), options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function evaluateIn(
  directory: string,
  policies: readonly Policy[],
  input: string,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const failures: Problem[] = [];
  const flipped = new Set<string>();
  let left = [...policies];
  for (let attempt = 0; attempt < mostAttempts && left.length > 0; attempt += 1) {
    const bundle = `bundle-${attempt}`;
    await writeBundle(join(directory, bundle), left);
    const answer = await runOpa(directory, bundle, input, options);
    if (answer.values) return { values: answer.values, evaluated: left, failures };
    const faulty = left.find((policy) => policy.file === answer.fault.file);
    if (!faulty) {
      failures.push(problem("policy_unjudged", `Rego: ${answer.fault.message}`));
      return { values: [], evaluated: [], failures };
    }
    if (answer.fault.isParseError && !flipped.has(faulty.file)) {
      flipped.add(faulty.file);
      left = left.map((policy) =>
        policy === faulty ? { ...policy, regoVersion: policy.regoVersion === 0 ? 1 : 0 } : policy,
      );
      continue;
    }
    failures.push(faultOf(faulty, answer.fault));
    left = left.filter((policy) => policy !== faulty);
  }
  if (left.length > 0)
    failures.push(problem("policy_unjudged", "Rego: too many policy files are faulty; the rest was not evaluated."));
  return { values: [], evaluated: [], failures };
}

interface Fault {
  message: string;
  isParseError: boolean;
  /** Name inside the bundle, where OPA told one. */
  file?: string;
  line?: number;
  column?: number;
}

function faultOf(policy: Policy, fault: Fault): Problem {
  const line = Math.max(1, (fault.line ?? 1) - policy.added);
  const place = { file: policy.path, line, ...(fault.column === undefined ? {} : { column: fault.column }) };
  return problem("policy_unjudged", `${policy.path}:${line}: ${fault.message}`, { places: [place] });
}

type Answer = { values: RegoValue[] } | { values?: never; fault: Fault };

async function runOpa(directory: string, bundle: string, input: string, options: EvaluateOptions): Promise<Answer> {
  const args = ["eval", "--format", "json", "--stdin-input", "--capabilities", "capabilities.json"];
  args.push("--timeout", `${options.timeoutMs}ms`, "--bundle", bundle, `data.${entryPackage}.results`);
  // OPA watches its time itself and says so; the harder limit is for what it cannot interrupt.
  const result = await options.run(options.opa, args, { input, timeoutMs: options.timeoutMs + 3000, directory });
  const limit = `the policies took longer than ${options.timeoutMs} ms; make them cheaper or raise rego.timeout in policies/plumbline-policy.yaml`;
  if (result.timedOut) return { fault: { message: limit, isParseError: false } };
  const answer = parseAnswer(result.stdout);
  const [error] = objectsAt(answer, "errors");
  if (error) return { fault: toFault(error, limit) };
  if (result.exitCode !== 0 || !answer)
    return {
      fault: {
        message: `OPA ended with ${result.exitCode ?? "a signal"}: ${result.stderr.trim().slice(0, 500)}`,
        isParseError: false,
      },
    };
  const results = objectsAt(objectsAt(answer, "result")[0], "expressions")[0]?.["value"];
  if (!Array.isArray(results)) return { fault: { message: "OPA answered without a result", isParseError: false } };
  return { values: results.flatMap(toValue) };
}

function parseAnswer(text: string): JsonObject | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

function toValue(entry: Json): RegoValue[] {
  if (!Array.isArray(entry)) return [];
  const [name, rule, resource, value] = entry;
  if (typeof name !== "string" || typeof rule !== "string" || typeof resource !== "number" || value === undefined)
    return [];
  return [{ package: name, rule, resource, value }];
}

/** Compile errors carry a location; parse errors of a bundle only name it inside their text: `bundle-0/policy-1.rego:3: …`. */
function toFault(error: JsonObject, limit: string): Fault {
  const code = stringAt(error, "code") ?? "";
  if (code === "eval_cancel_error") return { message: limit, isParseError: false };
  const message = stringAt(error, "message") ?? "unknown error";
  const location = objectAt(error, "location");
  const named = /(policy-\d+\.rego):(\d+):\s*(.*)/s.exec(message);
  const file = /policy-\d+\.rego$/.exec(stringAt(location, "file") ?? "")?.[0] ?? named?.[1];
  const line = typeof location["row"] === "number" ? location["row"] : named ? Number(named[2]) : undefined;
  const column = location["col"];
  return {
    // What follows the first line quotes the source and names files as they are called in the bundle.
    message: ((named?.[3] ?? message).split("\n")[0] ?? "").trim().replace(/:$/, "").slice(0, 500),
    isParseError: code === "rego_parse_error" || message.includes("rego_parse_error"),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(typeof column === "number" ? { column } : {}),
  };
}

import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { reasonOfRefusal } from "./capabilities.ts";
import type { Policy } from "./prepare.ts";

/** What OPA says is wrong. */
export interface Fault {
  message: string;
  isParseError: boolean;
  /** Name inside the bundle, where OPA told one. */
  file?: string;
  line?: number;
  column?: number;
}

/** The faults in OPA's answer to a command with `--format json`; none where it holds none. */
export function faultsIn(answer: string): Fault[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(answer);
  } catch {
    return [];
  }
  return isObject(parsed) ? objectsAt(parsed, "errors").map(toFault) : [];
}

/** True where OPA gave up because its own time was over. */
export function isOutOfTime(answer: string): boolean {
  return /"code":\s*"eval_cancel_error"/.test(answer);
}

/** A fault as it is told: in the author's file and line. */
export function problemOf(policy: Policy, fault: Fault): Problem {
  const line = Math.max(1, (fault.line ?? 1) - policy.added);
  const place = { file: policy.path, line, ...(fault.column === undefined ? {} : { column: fault.column }) };
  return problem("policy_unjudged", `${policy.path}:${line}: ${fault.message}`, { places: [place] });
}

/** Compile errors carry a location; parse errors of a bundle may only name it inside their text: `bundle-0/policy-1.rego:3: …`. */
function toFault(error: JsonObject): Fault {
  const message = stringAt(error, "message") ?? "unknown error";
  const location = objectAt(error, "location");
  const named = /(policy-\d+(?:_test)?\.rego):(\d+):\s*(.*)/s.exec(message);
  const file = /policy-\d+(?:_test)?\.rego$/.exec(stringAt(location, "file") ?? "")?.[0] ?? named?.[1];
  const line = typeof location["row"] === "number" ? location["row"] : named ? Number(named[2]) : undefined;
  const column = location["col"];
  // What follows the first line quotes the source and names files as they are called in the bundle.
  const [first = ""] = (named?.[3] ?? message).split("\n");
  return {
    message: explain(first.trim().replace(/:$/, "").slice(0, 500)),
    isParseError: stringAt(error, "code") === "rego_parse_error" || message.includes("rego_parse_error"),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(typeof column === "number" ? { column } : {}),
  };
}

function explain(message: string): string {
  const missing = /undefined function ([\w.]+)/.exec(message)?.[1];
  const reason = missing === undefined ? undefined : reasonOfRefusal(missing);
  return reason === undefined ? message : `${missing} is refused: ${reason}`;
}

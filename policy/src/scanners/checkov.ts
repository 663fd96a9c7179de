import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Reading, ScannerFinding } from "./scanner.ts";
import type { ScannerWorkspace } from "./workspace.ts";

/** How Checkov 3 is called. It prints one JSON document; with `--soft-fail` findings are no error. */
export function checkovArguments({ plan, sources }: ScannerWorkspace): string[] {
  const subject =
    plan === undefined
      ? ["--directory", sources, "--framework", "terraform"]
      : ["--file", plan, "--framework", "terraform_plan"];
  return [...subject, "--output", "json", "--compact", "--quiet", "--skip-download", "--soft-fail"];
}

/**
 * Reads Checkov's JSON: one report, or a list of them. Evaluated values, which may be secret, are never looked at. Throws
 * where it could not parse a file.
 */
export function readCheckov(text: string, reading: Reading): ScannerFinding[] {
  const answer: unknown = JSON.parse(text);
  const reports = (Array.isArray(answer) ? answer : [answer]).filter((report) => isObject(report));
  if (reports.length === 0) throw new Error("its answer is no report");
  const findings: ScannerFinding[] = [];
  for (const report of reports) {
    const summary = isObject(report["summary"]) ? report["summary"] : report;
    if (typeof summary["failed"] !== "number") throw new Error("its answer is no report");
    if (Number(summary["parsing_errors"] ?? 0) > 0) throw new Error(`it could not parse ${unparsed(report, reading)}`);
    const results = objectAt(report, "results");
    // What a comment in the code skips was found all the same.
    for (const name of ["failed_checks", "skipped_checks"])
      findings.push(...objectsAt(results, name).map((check) => toFinding(check, reading)));
  }
  return findings;
}

function unparsed(report: JsonObject, reading: Reading): string {
  const errors: Json | undefined = objectAt(report, "results")["parsing_errors"];
  const paths = Array.isArray(errors) ? errors.filter((path): path is string => typeof path === "string") : [];
  return paths.length === 0 || reading.isPlan
    ? "what it was given"
    : paths.map(reading.sourceOf).slice(0, 5).join(", ");
}

function toFinding(check: JsonObject, reading: Reading): ScannerFinding {
  const address = stringAt(check, "resource_address") ?? stringAt(check, "resource");
  const rule = stringAt(check, "check_id") ?? "unknown";
  const attribute = rule.startsWith("CKV_") ? firstKey(objectAt(check, "check_result")["evaluated_keys"]) : undefined;
  const help = stringAt(check, "guideline");
  const range = check["file_line_range"];
  const line = Array.isArray(range) ? Number(range[0]) : Number.NaN;
  const file = stringAt(check, "file_path");
  return {
    scanner: reading.scanner,
    rule,
    title: stringAt(check, "check_name") ?? rule,
    addresses: address === undefined ? [] : [address],
    ...(attribute === undefined ? {} : { attribute }),
    ...(reading.isPlan || file === undefined
      ? {}
      : { place: { file: reading.sourceOf(file), line: line >= 1 ? line : 1 } }),
    ...(help === undefined ? {} : { help }),
  };
}

/** `ingress/[0]/from_port` → `ingress[0].from_port`; checks that join resources name attributes of several, in no order. */
function firstKey(keys: Json | undefined): string | undefined {
  const first = Array.isArray(keys) ? keys[0] : undefined;
  if (typeof first !== "string" || first === "resource_type" || !/^\w+(?:\/(?:\w+|\[\d+\]))*$/.test(first))
    return undefined;
  return first.replaceAll("/[", "[").replaceAll("/", ".");
}

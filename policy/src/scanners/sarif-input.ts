import type { Severity } from "@plumbline/contract/findings";
import { isObject, objectAt, objectsAt, stringAt } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import type { Reading, ScannerFinding } from "./scanner.ts";
import type { ScannerTool } from "./scanner.ts";
import type { ScannerWorkspace } from "./workspace.ts";

/** Fills the configured arguments in: `{plan}`, `{sources}`, `{output}`. Throws where a plan is wanted and there is none. */
export function sarifArguments(tool: ScannerTool, { plan, sources, output }: ScannerWorkspace): string[] {
  return (tool.arguments ?? []).map((argument) =>
    argument.replaceAll(/\{(plan|sources|output)\}/g, (_, name: string) => {
      if (name === "plan" && plan === undefined) throw new Error("it wants a plan, and there is none");
      return name === "plan" ? (plan ?? "") : name === "sources" ? sources : output;
    }),
  );
}

/**
 * Reads SARIF 2.1.0. A resource is told by a logical location, or by its address standing in the message; a place in the
 * sources by a physical one. Suppressions of the tool do not count. Throws where the document is none, or its own
 * invocations say that they failed.
 */
export function readSarif(text: string, reading: Reading): ScannerFinding[] {
  const document: unknown = JSON.parse(text);
  if (!isObject(document) || stringAt(document, "version") !== "2.1.0" || !Array.isArray(document["runs"]))
    throw new Error("its answer is not SARIF 2.1.0");
  return objectsAt(document, "runs").flatMap((run) => {
    if (objectsAt(run, "invocations").some((invocation) => invocation["executionSuccessful"] === false))
      throw new Error("it says itself that it failed");
    const rules = rulesOf(run);
    return objectsAt(run, "results")
      .filter((result) => ["fail", undefined].includes(stringAt(result, "kind")))
      .flatMap((result) => toFinding(result, rules, reading));
  });
}

function rulesOf(run: JsonObject): JsonObject[] {
  const tool = objectAt(run, "tool");
  return [objectAt(tool, "driver"), ...objectsAt(tool, "extensions")].flatMap((part) => objectsAt(part, "rules"));
}

function toFinding(result: JsonObject, rules: readonly JsonObject[], reading: Reading): ScannerFinding[] {
  const id = stringAt(result, "ruleId") ?? stringAt(objectAt(result, "rule"), "id");
  const index = result["ruleIndex"];
  const rule =
    rules.find((one) => stringAt(one, "id") === id) ?? (typeof index === "number" ? rules[index] : undefined);
  const name = id ?? stringAt(rule, "id") ?? "unknown";
  const message = textOf(objectAt(result, "message"));
  const severity = severityOf(result, rule);
  if (severity === "none") return [];
  const [location] = objectsAt(result, "locations");
  const physical = objectAt(location, "physicalLocation");
  const uri = stringAt(objectAt(physical, "artifactLocation"), "uri");
  const line = Number(objectAt(physical, "region")["startLine"] ?? 1);
  const address = addressOf(location, message, reading);
  const help = stringAt(rule, "helpUri");
  const file = uri === undefined ? undefined : reading.sourceOf(decodeURIComponent(uri));
  return [
    {
      scanner: reading.scanner,
      rule: name,
      title: textOf(objectAt(rule, "shortDescription")) ?? message ?? name,
      ...(severity === undefined ? {} : { severity }),
      addresses: address === undefined ? [] : [address],
      ...(file === undefined || file.endsWith("plan.json") ? {} : { place: { file, line: line >= 1 ? line : 1 } }),
      ...(help === undefined ? {} : { help }),
    },
  ];
}

function textOf(message: JsonObject): string | undefined {
  return stringAt(message, "text") ?? stringAt(message, "markdown");
}

const levels: Readonly<Record<string, Severity | "none">> = {
  error: "high",
  warning: "medium",
  note: "low",
  none: "none",
};

/** `security-severity`, a number like CVSS's, is finer than the level. */
function severityOf(result: JsonObject, rule: JsonObject | undefined): Severity | "none" | undefined {
  const told = objectAt(result, "properties")["security-severity"] ?? objectAt(rule, "properties")["security-severity"];
  const score = told === undefined ? Number.NaN : Number(told);
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  if (score > 0) return "low";
  const level = stringAt(result, "level") ?? stringAt(objectAt(rule, "defaultConfiguration"), "level") ?? "warning";
  return levels[level];
}

function addressOf(
  location: JsonObject | undefined,
  message: string | undefined,
  { resources }: Reading,
): string | undefined {
  const named = objectsAt(location, "logicalLocations").flatMap((one) => [
    stringAt(one, "fullyQualifiedName"),
    stringAt(one, "name"),
  ]);
  const told = named.find((name) => resources.some(({ address }) => address === name));
  if (told !== undefined || message === undefined) return told;
  const words = new Set(message.split(/[\s'`(),;]+/).map((word) => word.replace(/[.:]$/, "")));
  return resources.find(({ address }) => words.has(address))?.address;
}

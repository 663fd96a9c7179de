import { isObject } from "../resources/json.ts";
import type { JsonObject } from "../resources/json.ts";
import { planOfResources } from "./plan-of-resources.ts";
import { resourcesOfStateFile } from "../resources/state-file.ts";
import { resourcesOfShownState } from "./state-document.ts";

/** What a JSON document turned out to be, as a plan that can be judged; a state is one that changes nothing. */
export type ReadDocument =
  | { kind: "plan" | "state"; plan: JsonObject }
  | { kind: "other"; reason: string; next: string };

/**
 * Tells plans and states apart by what they hold, never by the file's name: plans and states as `terraform show -json`
 * prints them, and state files of version 4.
 */
export function readDocument(value: unknown): ReadDocument {
  if (!isObject(value))
    return {
      kind: "other",
      reason: "it is JSON, but neither a plan nor a state",
      next: "Scan the output of terraform show -json PLANFILE.",
    };
  if (typeof value["@level"] === "string" || typeof value["@message"] === "string")
    return {
      kind: "other",
      reason: "it is the log of a run with -json, which holds no values",
      next: "Plan with -out=FILE, then scan FILE or the output of terraform show -json FILE.",
    };
  const isShown = typeof value["format_version"] === "string";
  if (isShown && (Array.isArray(value["resource_changes"]) || isObject(value["planned_values"])))
    return { kind: "plan", plan: value };
  // A plan and a state without any resource look alike: both hold nothing to judge.
  if (isShown && value["terraform_version"] !== undefined && isObject(value["configuration"]))
    return { kind: "plan", plan: value };
  if (isShown) return { kind: "state", plan: planOfResources(resourcesOfShownState(value), "no-op") };
  if (value["version"] === 4 && Array.isArray(value["resources"]))
    return { kind: "state", plan: planOfResources(resourcesOfStateFile(value), "no-op") };
  if (typeof value["version"] === "number" && typeof value["lineage"] === "string")
    return {
      kind: "other",
      reason: `it is a state of version ${value["version"]}, which is not read`,
      next: "Run terraform state pull with terraform 0.12 or newer, which writes version 4.",
    };
  return {
    kind: "other",
    reason: "it is JSON, but neither a plan nor a state",
    next: "Scan the output of terraform show -json PLANFILE, or of terraform state pull.",
  };
}

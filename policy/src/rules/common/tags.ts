import { isObject } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { JudgeContext, Match } from "../../vocabulary/condition.ts";

/** Attributes that hold tags, the one that includes the provider's own defaults first. */
const tagAttributes = ["tags_all", "tags", "effective_labels", "labels"];

export const requiredTagsRule: Rule = {
  id: "required-tags",
  severity: "medium",
  category: "ownership",
  title: "A required tag is missing",
  resourceTypes: ["*"],
  needs: ["required_tags"],
  failsWhen: judge(missingTags),
  why: "Without its tags nobody knows whose it is, what it costs whom, and whom to ask when it burns.",
  fix: "Add the tags to the resource, or to default_tags of the provider.",
  controls: [],
  examples: {
    parameters: { required_tags: ["owner", "cost-centre"] },
    bad: `resource "lab_bucket" "invoices" {
  encrypted = true
  tags      = { owner = "billing" }
}`,
    good: `resource "lab_bucket" "invoices" {
  encrypted = true
  tags      = { owner = "billing", cost-centre = "4711" }
}`,
  },
};

/** A resource without any of the attributes cannot carry tags. An empty value of a required tag counts as missing. */
function missingTags({ resource, parameters, read }: JudgeContext): Match[] {
  const present = tagAttributes.filter(
    (name) => Object.hasOwn(resource.values, name) || Object.hasOwn(resource.unknown, name),
  );
  if (present.length === 0) return [];
  const tags = new Map<string, "set" | "unknown">();
  for (const name of present) {
    const value = read(name);
    if (!value.known) return [{ outcome: "unknown", attribute: name }];
    for (const [key, tag] of Object.entries(isObject(value.value) ? value.value : {}))
      if (tag !== null && tag !== "") tags.set(key, "set");
    const hidden = resource.unknown[name];
    for (const key of Object.keys(isObject(hidden) ? hidden : {})) tags.set(key, tags.get(key) ?? "unknown");
  }
  const missing = (parameters.required_tags ?? []).filter((tag) => !tags.has(tag));
  // Said of what the code sets, not of the computed union.
  const attribute = present.find((name) => name === "tags" || name === "labels") ?? present[0] ?? "tags";
  if (missing.length === 0) return [];
  const title =
    missing.length === 1 ? `Required tag ${missing[0]} is missing` : `Required tags are missing: ${missing.join(", ")}`;
  return [{ outcome: "true", attribute, title }];
}

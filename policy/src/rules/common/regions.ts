import type { Rule } from "../../rule.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { JudgeContext, Match } from "../../vocabulary/condition.ts";

export const allowedRegionsRule: Rule = {
  id: "allowed-regions",
  severity: "high",
  category: "residency",
  title: "The resource stands in a region that is not allowed",
  resourceTypes: ["*"],
  needs: ["allowed_regions"],
  failsWhen: judge(wrongRegion),
  why: "Data that leaves the agreed regions may break contracts and law, and nobody watches what runs there.",
  fix: "Use one of the regions in policies/plumbline-policy.yaml.",
  controls: [],
  examples: {
    parameters: { allowed_regions: ["eu-central-1"] },
    bad: `resource "lab_bucket" "invoices" {
  region    = "us-east-1"
  encrypted = true
}`,
    good: `resource "lab_bucket" "invoices" {
  region    = "eu-central-1"
  encrypted = true
}`,
  },
};

/** `region` and `location` name a region; an availability zone is one with a letter behind; an ARN holds it in its fourth field. */
function wrongRegion({ resource, parameters, read }: JudgeContext): Match[] {
  const allowed = parameters.allowed_regions ?? [];
  for (const attribute of ["region", "location", "availability_zone", "arn"]) {
    const value = read(attribute);
    if (!value.known) {
      if (attribute === "arn") continue;
      return [{ outcome: "unknown", attribute }];
    }
    const region = typeof value.value === "string" ? regionIn(attribute, value.value) : "";
    if (region === "") continue;
    if (allowed.includes(region)) return [];
    return [
      { outcome: "true", attribute, title: `${resource.type} stands in ${region}, which is not an allowed region` },
    ];
  }
  return [];
}

function regionIn(attribute: string, value: string): string {
  if (attribute === "arn") return value.split(":")[3] ?? "";
  if (attribute === "availability_zone") return value.replace(/(?<=\d)[a-z]$/, "");
  return value;
}

import type { Rule } from "../../rule.ts";
import { isTrue, not } from "../../vocabulary/condition.ts";

export const labBucketRules: Rule[] = [
  {
    id: "lab-bucket-public",
    severity: "critical",
    category: "exposure",
    title: "Everybody can read the bucket",
    resourceTypes: ["lab_bucket"],
    failsWhen: isTrue("public"),
    why: "What lies in a public bucket is published, also what somebody puts there by mistake later.",
    fix: "Set public = false and hand out objects through an application or signed addresses.",
    controls: [],
    examples: {
      bad: `resource "lab_bucket" "invoices" {
  name      = "invoices"
  public    = true
  encrypted = true
}`,
      good: `resource "lab_bucket" "invoices" {
  name      = "invoices"
  encrypted = true
}`,
    },
  },
  {
    id: "lab-bucket-encrypted",
    severity: "high",
    category: "encryption",
    title: "The bucket is not encrypted",
    resourceTypes: ["lab_bucket"],
    failsWhen: not(isTrue("encrypted")),
    why: "Whoever gets hold of the storage below can read the objects.",
    fix: "Set encrypted = true.",
    controls: [],
    examples: {
      bad: `resource "lab_bucket" "invoices" {
  name = "invoices"
}`,
      good: `resource "lab_bucket" "invoices" {
  name      = "invoices"
  encrypted = true
}`,
    },
  },
];

import type { Rule } from "../../rule.ts";
import { any, matches, some } from "../../vocabulary/condition.ts";

const everybody = /^(?:allUsers|allAuthenticatedUsers)$/i;
const isEverybody = any(matches("special_group", everybody), matches("iam_member", everybody));

const text = {
  severity: "critical",
  category: "exposure",
  title: "The dataset's access list lets everybody in",
  why: "Anybody, or anybody with a Google account, can query the data.",
  fix: "Name the groups and service accounts that need it.",
  controls: ["CIS GCP 5.0 7.1"],
} as const;

const dataset = (group: string) => `resource "google_bigquery_dataset" "orders" {
  dataset_id = "orders"
  access {
    role          = "READER"
    special_group = "${group}"
  }
}`;

const access = (member: string) => `resource "google_bigquery_dataset_access" "orders" {
  dataset_id = "orders"
  role       = "READER"
  iam_member = "${member}"
}`;

export const googleBigqueryRules: Rule[] = [
  {
    ...text,
    id: "google-bigquery-dataset-public",
    resourceTypes: ["google_bigquery_dataset"],
    failsWhen: some("access", isEverybody, ["role", "special_group", "iam_member"]),
    repair: "none",
    examples: { bad: dataset("allAuthenticatedUsers"), good: dataset("projectReaders") },
  },
  {
    ...text,
    id: "google-bigquery-dataset-access-public",
    resourceTypes: ["google_bigquery_dataset_access"],
    failsWhen: isEverybody,
    examples: { bad: access("allUsers"), good: access("group:shop@shop.example") },
  },
];

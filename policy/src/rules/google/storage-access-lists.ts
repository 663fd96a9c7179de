import type { Rule } from "../../rule.ts";
import { any, matches } from "../../vocabulary/condition.ts";
import { anyMatches } from "../../vocabulary/list.ts";

const everybody = /^(?:allUsers|allAuthenticatedUsers)$/i;
/** Lists the provider has names for: https://cloud.google.com/storage/docs/access-control/lists#predefined-acl */
const publicLists = /^(?:publicRead|publicReadWrite|authenticatedRead)$/i;
const roleForEverybody = /:(?:allUsers|allAuthenticatedUsers)$/i;

const text = {
  severity: "critical",
  category: "exposure",
  why: "What lies in a public bucket is published, also what somebody puts there by mistake later.",
  fix: "Take the entry for everybody out, set uniform_bucket_level_access = true on the bucket and give roles instead.",
  controls: ["CIS GCP 5.0 5.1"],
} as const;

const list = (entity: string) => `resource "google_storage_bucket_acl" "invoices" {
  bucket      = "invoices"
  role_entity = ["${entity}"]
}`;

const control = (entity: string) => `resource "google_storage_bucket_access_control" "invoices" {
  bucket = "invoices"
  role   = "READER"
  entity = "${entity}"
}`;

export const googleStorageAccessListRules: Rule[] = [
  {
    ...text,
    id: "google-storage-acl-public",
    title: "The access list of the bucket or object lets everybody in",
    resourceTypes: ["google_storage_bucket_acl", "google_storage_object_acl"],
    failsWhen: any(matches("predefined_acl", publicLists), anyMatches("role_entity", roleForEverybody)),
    examples: { bad: list("READER:allUsers"), good: list("READER:group-shop@shop.example") },
  },
  {
    ...text,
    id: "google-storage-default-acl-public",
    title: "The default access list lets everybody read new objects of the bucket",
    resourceTypes: ["google_storage_default_object_acl"],
    failsWhen: anyMatches("role_entity", roleForEverybody),
    examples: {
      bad: list("READER:allAuthenticatedUsers").replace("bucket_acl", "default_object_acl"),
      good: list("READER:group-shop@shop.example").replace("bucket_acl", "default_object_acl"),
    },
  },
  {
    ...text,
    id: "google-storage-access-control-public",
    title: "An entry of the access list lets everybody in",
    resourceTypes: [
      "google_storage_bucket_access_control",
      "google_storage_object_access_control",
      "google_storage_default_object_access_control",
    ],
    failsWhen: matches("entity", everybody),
    examples: { bad: control("allUsers"), good: control("group-shop@shop.example") },
  },
];

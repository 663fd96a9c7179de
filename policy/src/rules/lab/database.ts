import type { Rule } from "../../rule.ts";
import { isTrue, not } from "../../vocabulary/condition.ts";

export const labDatabaseRules: Rule[] = [
  {
    id: "lab-database-public",
    severity: "critical",
    category: "exposure",
    title: "The database can be reached from the internet",
    resourceTypes: ["lab_database"],
    failsWhen: isTrue("public"),
    why: "A database with a public address can be attacked by anybody; a network in front of it is its first wall.",
    fix: "Set public = false and let applications reach it from inside the network.",
    controls: [],
    examples: {
      bad: `resource "lab_database" "orders" {
  name              = "orders"
  public            = true
  storage_encrypted = true
}`,
      good: `resource "lab_database" "orders" {
  name              = "orders"
  public            = false
  storage_encrypted = true
}`,
    },
  },
  {
    id: "lab-database-storage-encrypted",
    severity: "high",
    category: "encryption",
    title: "The database's storage is not encrypted",
    resourceTypes: ["lab_database"],
    failsWhen: not(isTrue("storage_encrypted")),
    why: "Whoever gets hold of a disk or a snapshot can read everything in it.",
    fix: "Set storage_encrypted = true.",
    controls: [],
    examples: {
      bad: `resource "lab_database" "orders" {
  name              = "orders"
  storage_encrypted = "false"
}`,
      good: `resource "lab_database" "orders" {
  name              = "orders"
  storage_encrypted = "true"
}`,
    },
  },
];

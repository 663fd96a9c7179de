import type { Rule } from "../../../rule.ts";
import { all, equals, isTrue, not, oneOf, present } from "../../../vocabulary/condition.ts";
import { below } from "../../../vocabulary/number.ts";

export const awsKmsRules: Rule[] = [
  {
    id: "aws-kms-rotation-off",
    severity: "medium",
    category: "encryption",
    title: "The key is never rotated",
    resourceTypes: ["aws_kms_key"],
    // Only symmetric keys that encrypt, in the service's own store, can be rotated by it.
    failsWhen: all(
      not(isTrue("enable_key_rotation")),
      not(oneOf("key_usage", ["SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"])),
      not(all(present("customer_master_key_spec"), not(equals("customer_master_key_spec", "SYMMETRIC_DEFAULT")))),
      not(present("custom_key_store_id")),
      not(equals("is_enabled", false)),
    ),
    why: "The longer one key is used, the more a leak of it opens.",
    fix: "Set enable_key_rotation = true.",
    controls: ["CIS AWS 5.0 3.6"],
    examples: {
      bad: `resource "aws_kms_key" "orders" {
  description = "orders"
}`,
      good: `resource "aws_kms_key" "orders" {
  description         = "orders"
  enable_key_rotation = true
}`,
    },
  },
  {
    id: "aws-kms-short-deletion-window",
    severity: "low",
    category: "recovery",
    title: "A deleted key is gone within two weeks",
    resourceTypes: ["aws_kms_key", "aws_kms_external_key"],
    failsWhen: below("deletion_window_in_days", 14),
    why: "Everything the key encrypts is lost with it; a short window leaves little time to notice.",
    fix: "Set deletion_window_in_days to 30, or leave it out.",
    controls: [],
    examples: {
      bad: `resource "aws_kms_key" "orders" {
  enable_key_rotation     = true
  deletion_window_in_days = 7
}`,
      good: `resource "aws_kms_key" "orders" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}`,
    },
  },
];

import type { Json } from "../../resources/json.ts";
import type { Rule } from "../../rule.ts";
import { all, holds, not, oneOf, present } from "../../vocabulary/condition.ts";

const day = 86_400;

/** `7776000s`, also with fractions; undefined where there is none. */
function seconds(value: Json): number | undefined {
  const found = typeof value === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(value) : null;
  return found ? Number(found[1]) : undefined;
}

const key = (more: string) => `resource "google_kms_crypto_key" "orders" {
  name            = "orders"
  key_ring        = "projects/shop-prod/locations/europe/keyRings/shop"
${more}
}`;

const rotated = '  rotation_period = "7776000s"';

export const googleKmsRules: Rule[] = [
  {
    id: "google-kms-not-rotated",
    severity: "medium",
    category: "encryption",
    title: "The key is not rotated every 90 days",
    resourceTypes: ["google_kms_crypto_key"],
    // Only symmetric keys can be rotated by the service.
    failsWhen: all(
      holds("rotation_period", "text", (value) => (seconds(value) ?? Number.POSITIVE_INFINITY) > 90 * day),
      not(
        oneOf("purpose", ["ASYMMETRIC_SIGN", "ASYMMETRIC_DECRYPT", "MAC", "RAW_ENCRYPT_DECRYPT", "KEY_ENCAPSULATION"]),
      ),
      not(present("crypto_key_backend")),
    ),
    why: "The longer one version is used, the more a single leak gives away.",
    fix: 'Set rotation_period = "7776000s" or shorter.',
    controls: ["CIS GCP 5.0 1.11"],
    examples: { bad: key('  rotation_period = "31536000s"'), good: key(rotated) },
  },
  {
    id: "google-kms-destroyed-soon",
    severity: "low",
    category: "recovery",
    title: "A version of the key is destroyed within a week",
    resourceTypes: ["google_kms_crypto_key"],
    // Where it is not set the service waits 30 days.
    failsWhen: holds("destroy_scheduled_duration", "text", (value) => (seconds(value) ?? 30 * day) < 7 * day),
    why: "With the version everything encrypted by it is gone; there is hardly time to notice.",
    fix: "Leave destroy_scheduled_duration out (30 days).",
    controls: [],
    examples: {
      bad: key(`${rotated}\n  destroy_scheduled_duration = "86400s"`),
      good: key(`${rotated}\n  destroy_scheduled_duration = "2592000s"`),
    },
  },
];

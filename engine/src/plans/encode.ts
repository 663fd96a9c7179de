import { createHmac } from "node:crypto";
import type { BinaryLike, KeyObject } from "node:crypto";
import { canonicalJson } from "@plumbline/contract";
import type { JsonValue } from "./json.ts";
import { BigNumber, isObject, normalizeDecimal } from "./json.ts";
import { childMask, covers } from "./masks.ts";

/** The key of an organization that hides sensitive values in digests: at least 32 random bytes. */
export type HmacKey = BinaryLike | KeyObject;

/** What to hide while encoding. */
export interface Encoding {
  hmacKey: HmacKey;
  /** The plan's own time: where a text holds it, it came from plantimestamp() and counts as unknown. */
  timestamp?: string | undefined;
}

/**
 * A value for canonical JSON: sensitive parts as HMAC, numbers beyond JavaScript's as text, the plan's time as a mark.
 * These stand under the key `$plumbline`; keys of the value that begin so get one more `$`, so that no value of a user
 * can pass for a mark.
 */
export function encode(value: JsonValue | undefined, sensitive: JsonValue, encoding: Encoding): unknown {
  if (value === undefined) return undefined;
  if (sensitive === true) {
    const hidden = createHmac("sha256", encoding.hmacKey)
      .update("plumbline/sensitive-value/1\n")
      .update(canonicalJson(encode(value, false, encoding)))
      .digest("hex");
    return { $plumbline: ["sensitive", hidden] };
  }
  if (value instanceof BigNumber) return { $plumbline: ["number", normalizeDecimal(value.raw)] };
  if (typeof value === "string") return encodeText(value, encoding.timestamp);
  if (Array.isArray(value)) return value.map((item, index) => encode(item, childMask(sensitive, index), encoding));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key.startsWith("$plumbline") ? key.replace("$plumbline", "$plumbline$") : wellFormed(key),
      encode(child, childMask(sensitive, key), encoding),
    ]),
  );
}

/** A mask of unknown values in one spelling: only what is true, lists as objects by index; undefined where nothing is. */
export function encodeUnknown(mask: JsonValue): unknown {
  if (mask === true) return true;
  if (!covers(mask) || typeof mask !== "object" || mask === null) return undefined;
  return Object.fromEntries(
    Object.entries(mask).flatMap(([key, child]: [string, JsonValue]) =>
      covers(child) ? [[wellFormed(key), encodeUnknown(child)]] : [],
    ),
  );
}

function encodeText(value: string, timestamp: string | undefined): unknown {
  const text = wellFormed(value);
  if (timestamp === undefined || timestamp === "" || !text.includes(timestamp)) return text;
  return { $plumbline: ["planned at", text.split(timestamp)] };
}

/** Canonical JSON has no lone surrogates; an engine never prints one, hostile output may. */
function wellFormed(text: string): string {
  return text.isWellFormed() ? text : JSON.stringify(text);
}

const deepest = 128;

/** A number that a JavaScript number cannot hold; `raw` is its text in the JSON. JSON.stringify writes it unchanged. */
export class BigNumber {
  readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
  }

  toJSON(): unknown {
    return rawJson(this.raw);
  }
}

/** A value of JSON, no digit lost. */
export type JsonValue = null | boolean | number | string | BigNumber | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

/**
 * Parses JSON without changing any number: one that a JavaScript number cannot hold becomes a `BigNumber`. Throws a
 * SyntaxError for what is not JSON, and a RangeError for what is nested deeper than 128 levels.
 */
export function parseJson(text: string): JsonValue {
  // Up to 15 digits always survive; only where a longer number could stand is the slower way taken.
  const value: unknown = /[0-9][0-9.]{15}|[0-9][eE]/.test(text) ? JSON.parse(text, keepNumber) : JSON.parse(text);
  limitDepth(value, 0);
  return value as JsonValue;
}

/** Whether a value is an object: neither null nor a list nor a big number. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof BigNumber);
}

/** A member of an object, never something inherited. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== "number" || source === undefined) return value;
  const decimal = normalizeDecimal(source);
  return decimal === normalizeDecimal(String(value)) ? value : new BigNumber(source);
}

/** One spelling per number: digits without zeros at either end, and the power of ten of the last digit. */
export function normalizeDecimal(text: string): string {
  const parts = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (parts === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

function limitDepth(value: unknown, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth >= deepest) throw new RangeError(`JSON nested deeper than ${deepest} levels`);
  for (const child of Array.isArray(value) ? value : Object.values(value)) limitDepth(child, depth + 1);
}

/** JSON.rawJSON, which the type library does not know yet. */
function rawJson(text: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(text);
}

import { isObject } from "../../resources/json.ts";
import type { Json } from "../../resources/json.ts";
import { unknownText } from "../../vocabulary/statement.ts";
import { toText } from "./convert.ts";
import { toPlanValue } from "./json.ts";
import { ListValue, LimitReached, MapValue, Unknown, unknownFrom } from "./value.ts";
import type { Value } from "./value.ts";

/** Stands in a text for what a provider will name (an ARN, an id): whatever it will be, it is no pattern, and nobody's. */
export const nameGap = "\u0001known after apply\u0001";

/** Texts beyond this are not put together. Characters. */
const longestText = 1_000_000;

/** The text that a value makes, with `unknownText` and `nameGap` for what is not known; undefined where it makes none. */
export function textInPart(value: Value): string | undefined {
  if (value === null) return undefined;
  if (typeof value !== "object") return toText(value);
  if (!(value instanceof Unknown)) return undefined;
  if (value.document === undefined) return value.text ?? unknownText;
  return JSON.stringify(filledIn(value.document));
}

/** A text of which parts are unknown, because of these values. */
export function unknownWithText(text: string, because: readonly Value[]): Unknown {
  if (text.length > longestText) throw new LimitReached(`a text grows beyond ${longestText} characters`);
  return new Unknown(unknownFrom(because).origins, undefined, text === unknownText ? undefined : text);
}

/** What JSON text that is known in part holds: what is not known in it is unknown. Undefined where it is no object. */
export function documentInText(text: string): MapValue | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  // JSON does not take the signs of the gaps as they are.
  const encoded = text.replaceAll("\u0000", "\\u0000").replaceAll("\u0001", "\\u0001");
  try {
    const parsed: Json = JSON.parse(encoded);
    const document = withGaps(parsed);
    return document instanceof MapValue ? document : undefined;
  } catch {
    return undefined;
  }
}

/** True where the value is certain to be a text that is not empty, whatever it will be. */
export function isCertainText(value: Value): boolean {
  if (!(value instanceof Unknown)) return false;
  return value.document !== undefined || (value.text !== undefined && value.text.replaceAll(unknownText, "") !== "");
}

function filledIn(document: Value): Json {
  const fill = (value: Json, mark: Json | undefined): Json => {
    if (mark === true) return unknownText;
    if (typeof mark === "string") return mark;
    if (Array.isArray(value)) return value.map((item, place) => fill(item, Array.isArray(mark) ? mark[place] : false));
    if (!isObject(value)) return value;
    const marks = isObject(mark) ? mark : {};
    const names = new Set([...Object.keys(value), ...Object.keys(marks)]);
    return Object.fromEntries([...names].map((name) => [name, fill(value[name] ?? null, marks[name])]));
  };
  const { value = null, unknown } = toPlanValue(document, markOf);
  return fill(value, unknown);
}

/** What stands for something unknown in a document: its text as far as it is known. */
export function markOf(value: Value): Json {
  return value instanceof Unknown && value.text !== undefined ? value.text : true;
}

function withGaps(json: Json): Value {
  if (typeof json === "string")
    return json.includes(unknownText) || json.includes(nameGap) ? unknownWithText(json, []) : json;
  if (Array.isArray(json)) return new ListValue(json.map(withGaps));
  if (isObject(json)) return new MapValue(Object.entries(json).map(([key, item]) => [key, withGaps(item)]));
  return json;
}

import { toNumber, toText } from "../values/convert.ts";
import { encodeJson } from "../values/json.ts";
import { CannotTell, EvaluationFault } from "../values/value.ts";
import type { Value } from "../values/value.ts";

/** `format`: the verbs that are met in practice; others cannot be told. */
export function format(spec: string, values: readonly Value[]): string {
  let next = 0;
  let used = 0;
  const text = spec.replaceAll(
    /%(?:%|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?(.))/gsu,
    (whole: string, flags = "", width?: string, precision?: string, place?: string, verb?: string) => {
      if (whole === "%%" || verb === undefined) return "%";
      const position = place === undefined ? next : Number(place) - 1;
      next = position + 1;
      used = Math.max(used, next);
      const value = values[position];
      if (value === undefined) throw new EvaluationFault(`format has no value for ${whole}`);
      return pad(write(verb, value, flags, precision), flags, Number(width ?? 0), verb);
    },
  );
  if (used < values.length) throw new EvaluationFault("format has more values than places");
  return text;
}

function write(verb: string, value: Value, flags: string, precision: string | undefined): string {
  switch (verb) {
    case "s":
      return cut(toText(value), precision);
    case "q":
      return JSON.stringify(toText(value));
    case "t":
      if (typeof value !== "boolean" && value !== "true" && value !== "false")
        throw new EvaluationFault("%t needs true or false");
      return String(value);
    case "d": {
      const number = toNumber(value);
      if (!Number.isInteger(number)) throw new CannotTell("%d of a number with a fraction");
      return signed(toText(number), flags);
    }
    case "f":
      return signed(toNumber(value).toFixed(Number(precision ?? 6)), flags);
    case "x":
    case "X":
    case "b":
    case "o": {
      if (typeof value !== "number" || !Number.isInteger(value)) throw new CannotTell(`%${verb} of this value`);
      const digits = value.toString(verb === "b" ? 2 : verb === "o" ? 8 : 16);
      return verb === "X" ? digits.toUpperCase() : digits;
    }
    case "v":
      if (value === null) return "null";
      return typeof value === "object" ? encodeJson(value) : toText(value);
    default:
      throw new CannotTell(`format with %${verb}`);
  }
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join("");
}

function signed(digits: string, flags: string): string {
  if (digits.startsWith("-")) return digits;
  return flags.includes("+") ? `+${digits}` : flags.includes(" ") ? ` ${digits}` : digits;
}

function pad(text: string, flags: string, width: number, verb: string): string {
  if (width > 1024) throw new CannotTell("format with such a width");
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0") || verb === "s" || verb === "q" || verb === "v") return text.padStart(width);
  const sign = /^[+-]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}

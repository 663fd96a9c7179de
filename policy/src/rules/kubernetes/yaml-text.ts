import { parse } from "yaml";
import type { Json } from "../../resources/json.ts";

/** What a YAML text says; null where it is none, which the provider or the chart will complain about. */
export function yamlOf(text: string): Json {
  try {
    const value: Json = parse(text, { logLevel: "silent" });
    return value;
  } catch {
    return null;
  }
}

import { asText } from "../../kinds/attribute.ts";
import type { Attribute, JsonObject, JsonValue, Kind } from "../../kinds/attribute.ts";

/** The attributes that the console lets a person change: all that need no new resource. */
export function editable(kind: Kind): Attribute[] {
  return kind.attributes.filter(({ presence, replaces }) => presence !== "assigned" && replaces !== true);
}

/** An attribute's value as the text of its form field: lists and maps have one entry a line. */
export function fieldText(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(String).join("\n");
  if (typeof value !== "object") return asText(value);
  return Object.entries(value)
    .map(([key, item]) => `${key}=${asText(item)}`)
    .join("\n");
}

/** The attributes that a form carries, typed. A secret left empty stays as it is. */
export function readForm(kind: Kind, form: URLSearchParams): JsonObject {
  const values: JsonObject = {};
  for (const attribute of editable(kind)) {
    const text = form.get(attribute.name);
    if (text === null || (attribute.secret && text === "")) continue;
    values[attribute.name] = fieldValue(attribute, text.trim());
  }
  return values;
}

/** One value from its text. A number that is none stays text, and the cloud's own check names the mistake. */
export function fieldValue(attribute: Attribute, text: string): JsonValue {
  if (attribute.type === "bool") return text === "true";
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (attribute.type === "string_list") return lines.map((line) => line.trim());
  if (attribute.type === "string_map")
    return Object.fromEntries(
      lines.map((line) => {
        const [key = "", ...rest] = line.split("=");
        return [key.trim(), rest.join("=").trim()];
      }),
    );
  if (text === "") return null;
  if (attribute.type === "number") return Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}

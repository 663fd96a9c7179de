import type { JsonValue } from "../../kinds/attribute.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";

/** A value on one line; a dash where there is none. */
export function shortValue(value: JsonValue | undefined): string {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A moment, to the second, in UTC. */
export function timeTag(iso: string): Markup {
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace("T", " ")}</time>`;
}

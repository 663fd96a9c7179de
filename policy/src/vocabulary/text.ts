import type { Json } from "../resources/json.ts";

/** A text, number or truth as text, as Terraform converts it; empty for everything else and where nothing is. */
export function textOf(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}

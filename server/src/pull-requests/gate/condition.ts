import type { GateCondition, Place } from "@plumbline/contract";

/** What is said of a condition. */
interface Words {
  title: string;
  detail: string;
  who?: string[];
  place?: Place | null;
}

/** A condition of the gate; `place` is the line on main that demands it. */
export function condition(id: string, kind: GateCondition["kind"], met: boolean, words: Words): GateCondition {
  const { title, detail, who = [], place = null } = words;
  return { id, kind, met, title, detail, who, file: place?.file ?? null, line: place?.line ?? null };
}

/** "a, b and c". */
export function list(items: readonly string[], last: "and" | "or" = "and"): string {
  if (items.length === 0) return "nobody";
  if (items.length > 6) return `${items.slice(0, 5).join(", ")} ${last} ${items.length - 5} more`;
  if (items.length === 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1) ?? ""}`;
}

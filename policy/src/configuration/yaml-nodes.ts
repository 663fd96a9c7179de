import { isMap, isScalar, isSeq } from "yaml";
import type { Node, Pair, YAMLMap } from "yaml";

/** Notes what is wrong at a node of the document. */
export type Report = (node: unknown, message: string) => void;

/** The entries of a map; none where it is missing, a report where it is something else. */
export function entriesOf(
  node: unknown,
  name: string,
  report: Report,
): [key: string, value: Node | undefined, keyNode: unknown][] {
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  if (!isMap(node)) {
    report(node, `${name} must be a map.`);
    return [];
  }
  return node.items.map((pair: Pair) => [
    String(scalarOf(pair.key)),
    pair.value === null ? undefined : toNode(pair.value),
    pair.key,
  ]);
}

function toNode(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
}

/** A list of strings; others are reported. */
export function stringsOf(node: unknown, name: string, report: Report): { value: string; node: unknown }[] {
  if (!isSeq(node)) {
    report(node, `${name} must be a list.`);
    return [];
  }
  return node.items.flatMap((item) => {
    const value = scalarOf(item);
    if (typeof value === "string" && value !== "") return [{ value, node: item }];
    report(item, `${name} holds words only.`);
    return [];
  });
}

/** The value of a scalar; undefined for maps and lists. */
export function scalarOf(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined;
}

/** Reports keys that do not exist. */
export function checkKeys(map: YAMLMap, allowed: readonly string[], report: Report): void {
  for (const pair of map.items) {
    const key = String(scalarOf(pair.key));
    if (!allowed.includes(key))
      report(pair.key, `Unknown key ${JSON.stringify(key)}; known here are ${allowed.join(", ")}.`);
  }
}

/** Where a node begins in the text. */
export function offsetOf(node: unknown): number {
  const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
  return range?.[0] ?? 0;
}

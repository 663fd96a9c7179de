import { isMap, isSeq } from "yaml";
import { scannerKinds } from "../scanners/scanner.ts";
import type { ScannerKind, ScannerRequest } from "../scanners/scanner.ts";
import { checkKeys, scalarOf, stringsOf } from "./yaml-nodes.ts";
import type { Report } from "./yaml-nodes.ts";

/** `scanners:` a list of `{ name, kind, skip }`. What is run under a name is said by the runner, never here. */
export function readScanners(node: unknown, report: Report): ScannerRequest[] {
  if (node === undefined) return [];
  if (!isSeq(node)) {
    report(node, "scanners must be a list of { name: checkov, kind: checkov }.");
    return [];
  }
  const scanners: ScannerRequest[] = [];
  for (const item of node.items) {
    if (!isMap(item)) {
      report(item, "A scanner is a map with name, kind and skip.");
      continue;
    }
    checkKeys(item, ["name", "kind", "skip"], report);
    const name = scalarOf(item.get("name", true));
    const kind = scalarOf(item.get("kind", true)) ?? name;
    const skip = item.get("skip", true);
    if (typeof name !== "string" || !/^[a-z0-9][a-z0-9-]{0,30}$/.test(name))
      report(item.get("name", true) ?? item, "A scanner's name is of small letters, digits and hyphens.");
    else if (!isKind(kind))
      report(item.get("kind", true) ?? item, `A scanner's kind is one of ${scannerKinds.join(", ")}.`);
    else if (scanners.some((known) => known.name === name)) report(item, `The scanner ${name} is named twice.`);
    else
      scanners.push({
        name,
        kind,
        ...(skip === undefined ? {} : { skip: stringsOf(skip, "skip", report).map(({ value }) => value) }),
      });
  }
  return scanners;
}

function isKind(value: unknown): value is ScannerKind {
  return scannerKinds.some((kind) => kind === value);
}

import { problem } from "@plumbline/contract/errors";
import type { Problem } from "@plumbline/contract/errors";
import { LineCounter, parseDocument } from "yaml";
import { isObject } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import { policyRoot, regoFileKind, relativeTo } from "./policy-files.ts";

/**
 * The `data` document from the JSON and YAML files beside the policies, as `opa eval --data DIRECTORY` makes it: what a
 * file holds is merged at the path of its directory, so `policies/regions/eu.yaml` with `allowed: [...]` is
 * `data.regions.allowed`. A file that cannot be read, is no map, or says something that another one says is a failure.
 */
export function readDataFiles(
  files: ReadonlyMap<string, string>,
  root: string = policyRoot,
): { data: JsonObject; failures: Problem[] } {
  const data: JsonObject = {};
  const failures: Problem[] = [];
  for (const [path, text] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
    if (regoFileKind(path, root) !== "data") continue;
    const read = readDocument(path, text);
    if ("fault" in read) {
      failures.push(read.fault);
      continue;
    }
    const directories = (relativeTo(root, path) ?? path).split("/").slice(0, -1);
    const nested = directories.reduceRight<JsonObject>((inner, name) => ({ [name]: inner }), read.value);
    const clash = merge(data, nested, []);
    if (clash) failures.push(fault(path, 1, `data.${clash.join(".")} is set by another file already`));
  }
  return { data, failures };
}

function readDocument(path: string, text: string): { value: JsonObject } | { fault: Problem } {
  const lines = new LineCounter();
  // JSON is YAML, and this reader tells the line.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const [error] = document.errors;
  if (error) return { fault: fault(path, lines.linePos(error.pos[0]).line, error.message) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (thrown) {
    return { fault: fault(path, 1, thrown instanceof Error ? thrown.message : String(thrown)) };
  }
  if (value === null) return { value: {} };
  // Dates and such become what JSON makes of them.
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return isObject(plain) ? { value: plain } : { fault: fault(path, 1, "a data file holds a map") };
}

/** Adds `more` to `into`; the path at which both say something that is no map, where they do. */
function merge(into: JsonObject, more: JsonObject, path: readonly string[]): string[] | undefined {
  for (const [key, value] of Object.entries(more)) {
    const there: Json | undefined = Object.hasOwn(into, key) ? into[key] : undefined;
    if (there === undefined) Object.defineProperty(into, key, { value, ...ordinary });
    else if (!isObject(there) || !isObject(value)) return [...path, key];
    else {
      const clash = merge(there, value, [...path, key]);
      if (clash) return clash;
    }
  }
  return undefined;
}

/** As an assignment makes a member; `__proto__` becomes one, too. */
const ordinary = { writable: true, enumerable: true, configurable: true };

function fault(path: string, line: number, message: string): Problem {
  return problem("policy_unjudged", `${path}:${line}: ${message}.`, {
    places: [{ file: path, line: Math.max(1, line) }],
  });
}

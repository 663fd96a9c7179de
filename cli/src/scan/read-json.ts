import { parseSource } from "@plumbline/policy/sources/parse-source";
import { readDocument } from "@plumbline/policy/scan/document";
import { UsageFault } from "../command/faults.ts";

/** A plan or state as JSON, as a plan that can be judged. Throws what says where it is wrong; never with text of the file, which may hold secrets. */
export function readJson(path: string, text: string): { kind: "plan" | "state"; plan: unknown } {
  const document = interpret(path, parse(path, text));
  if (document.kind === "other") throw new UsageFault(`${path} cannot be scanned: ${document.reason}.`, document.next);
  return document;
}

function interpret(path: string, value: unknown): ReturnType<typeof readDocument> {
  try {
    return readDocument(value);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    throw new UsageFault(
      `${path} cannot be scanned: it is nested too deeply.`,
      "No engine writes such a file; plan again.",
    );
  }
}

function parse(path: string, text: string): unknown {
  if (text.trim() === "")
    throw new UsageFault(`${path} is empty.`, "Write it anew: terraform show -json PLANFILE > FILE.");
  try {
    return JSON.parse(text);
  } catch (fault) {
    if (/^\{.*\}\s*\n\s*\{/.test(text.slice(0, 100_000)) && isJson(text.slice(0, text.indexOf("\n"))))
      return JSON.parse(text.slice(0, text.indexOf("\n")));
    throw new UsageFault(
      `${path}${placeOf(text, String(fault))} is neither a saved plan nor JSON.`,
      "Scan a file that terraform plan -out=FILE, terraform show -json or terraform state pull wrote, or a directory.",
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Up to this length the line of a fault is searched for where the parser does not tell it. */
const mostSearched = 5_000_000;

/** `:line:column` of the fault, or `:line`; at the end of a file that was cut off. */
function placeOf(text: string, said: string): string {
  const position = /at position (\d+)/.exec(said)?.[1];
  const isCutOff = /end of JSON input|Unterminated/.test(said);
  if (position === undefined && !isCutOff) {
    const place = text.length > mostSearched ? undefined : parseSource("document.json", text).errors[0];
    return place ? `:${place.line}` : "";
  }
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  const line = before.split("\n").length;
  return `:${line}:${before.length - before.lastIndexOf("\n")}${isCutOff ? " (where it is cut off)" : ""}`;
}

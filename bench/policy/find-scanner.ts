import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Path of a scanner: the one that `PLUMBLINE_CHECKOV` or `PLUMBLINE_TRIVY` names, else the first on PATH. */
export function findScanner(name: "checkov" | "trivy"): string | undefined {
  const configured = process.env[`PLUMBLINE_${name.toUpperCase()}`];
  if (configured !== undefined) return canRun(configured) ? configured : undefined;
  const directories = (process.env["PATH"] ?? "").split(delimiter).filter((directory) => directory !== "");
  return directories.map((directory) => join(directory, name)).find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

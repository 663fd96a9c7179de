import { existsSync } from "node:fs";
import { hashOfTool } from "@plumbline/policy/scanners/hash-tool";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";

/** `plumb scanners hash PATH`: of a file, or of a folder with all that is below it. */
export async function printHash(context: Context, path: string): Promise<void> {
  if (!existsSync(path))
    throw new UsageFault(`There is no ${path}.`, "Name a program, or the folder that it is part of.");
  context.print({ path, sha256: await hashOfTool(path) }, ({ sha256 }) => [sha256]);
}

import { hashOfTool } from "@plumbline/policy/scanners/hash-tool";
import type { Context } from "../command/context.ts";

/** `plumb scanners hash PATH`: of a file, or of a folder with all that is below it. */
export async function printHash(context: Context, path: string): Promise<void> {
  context.print({ path, sha256: await hashOfTool(path) }, ({ sha256 }) => [sha256]);
}

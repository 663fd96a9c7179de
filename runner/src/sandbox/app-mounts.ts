import { join } from "node:path";
import { sandboxPaths } from "./paths.ts";

/** What of the installation the check needs; the rest (data, Git, other programs) stays out of its sight. */
const checkFolders = ["package.json", "contract", "policy", "node_modules"];

/** Mounts of the installation at `app` for the check. */
export function appMounts(app: string): { from: string; to: string }[] {
  return checkFolders.map((name) => ({ from: join(app, name), to: `${sandboxPaths.app}/${name}` }));
}

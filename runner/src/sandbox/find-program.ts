import { accessSync, constants } from "node:fs";
import { join } from "node:path";

/** System folders in which the sandbox's own programs are looked for; never the environment's PATH. */
const folders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Path of a system program, or undefined. */
export function findProgram(name: string): string | undefined {
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";

/** `plumb scanners hash` */
export function addScanners(program: Command, context: Context): void {
  const scanners = group(program, "scanners", "Scanners that run beside the rules");
  leaf(scanners, "hash", "Print the SHA-256 by which a scanner is pinned", [
    "plumb scanners hash /usr/local/bin/trivy",
    "plumb scanners hash /opt/checkov",
  ])
    .argument("<path>", "the program, or the folder that it is part of")
    .action(async (path: string) => (await import("./hash.ts")).printHash(context, path));
}

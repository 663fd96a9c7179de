import { isAbsolute } from "node:path";
import { z } from "zod";
import { scannerKinds } from "./scanner.ts";
import type { ScannerTool } from "./scanner.ts";

const absolute = z.string().refine(isAbsolute, "must be an absolute path");

/** How whoever runs scanners says which there are. A repository only names them. */
export const ScannerConfiguration = z
  .strictObject({
    /** As policies name it. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, "is of small letters, digits and hyphens"),
    kind: z.enum(scannerKinds),
    /** The program. */
    path: absolute,
    /** The folder that the program is part of, such as a Python virtual environment; all of it is hashed. */
    directory: absolute.optional(),
    /** Of the program or, where there is one, of the folder: `plumb scanners hash` prints it. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/, "is a SHA-256 in hex"),
    /** Further folders that it reads; in a sandbox they are there, read-only, and nothing else is. */
    needs: z.array(absolute).default([]),
    /** Kind `sarif`: `{plan}`, `{sources}` and `{output}` stand for paths. */
    arguments: z.array(z.string()).optional(),
    /** Kind `sarif`: exit codes that say that it did its work. */
    exitCodes: z.array(z.int().min(0).max(255)).min(1).optional(),
    timeoutSeconds: z.int().positive().max(7200).optional(),
  })
  .refine((one) => one.kind !== "sarif" || one.arguments !== undefined, {
    path: ["arguments"],
    message: "have to be given for kind sarif",
  });
export type ScannerConfiguration = z.infer<typeof ScannerConfiguration>;

/** All scanners of an installation; each name once. */
export const ScannerConfigurations = z
  .array(ScannerConfiguration)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "names every scanner once");

/** The scanner as it is run. */
export function toolOf({
  name,
  kind,
  path,
  arguments: args,
  exitCodes,
  timeoutSeconds,
}: ScannerConfiguration): ScannerTool {
  return {
    name,
    kind,
    program: path,
    ...(args === undefined ? {} : { arguments: args }),
    ...(exitCodes === undefined ? {} : { exitCodes }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

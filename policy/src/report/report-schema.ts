import { Finding, Severity } from "@plumbline/contract/findings";
import { z } from "zod";

const count = z.int().nonnegative();
const position = { line: z.int().positive(), column: z.int().positive().optional() };

/** What `plumb scan --format json` prints, for whoever checks it. `ScanReport` is the same as a type. */
export const ScanReportSchema = z
  .object({
    version: z.literal(1),
    path: z.string().meta({ description: "What was scanned, as it was named." }),
    kind: z.enum(["plan", "state", "directory"]),
    environment: z.string().nullable(),
    failOn: Severity.meta({ description: "Findings of this severity and worse give the exit code 1." }),
    exitCode: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .meta({ description: "0 clean, 1 findings at or above failOn, 2 something could not be judged." }),
    findings: z.array(Finding).meta({ description: "Worst first; outcome unknown: judge again after apply." }),
    counts: z.object({ critical: count, high: count, medium: count, low: count, unknown: count }),
    judged: z.object({ rules: count, resources: count, policies: count, files: count }),
    failures: z
      .array(
        z.object({
          message: z.string(),
          next: z.string().meta({ description: "What to do." }),
          places: z.array(z.object({ file: z.string(), ...position })),
        }),
      )
      .meta({ description: "What could not be judged." }),
    unknowns: z
      .array(
        z.object({
          address: z.string().optional(),
          what: z.string(),
          file: z.string().optional(),
          line: z.int().positive().optional(),
        }),
      )
      .meta({ description: "What the sources alone do not tell." }),
  })
  .meta({ id: "ScanReport", description: "A report of plumb scan." });

/** The JSON Schema (draft 2020-12) of a report, as `docs/schemas/scan.schema.json` holds it. */
export function scanReportJsonSchema(): object {
  return z.toJSONSchema(ScanReportSchema);
}

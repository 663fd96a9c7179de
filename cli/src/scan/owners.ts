import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { codeOwnersPaths, readCodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { ScanReport } from "@plumbline/policy/scan/scan-report";
import { readIfThere } from "./plan-sources.ts";

/** Says of each finding who owns its file, by the CODEOWNERS of the repository that holds what is scanned. */
export function withOwners(report: ScanReport, scanned: string): ScanReport {
  const ownersOf = report.findings.length === 0 ? undefined : ownersIn(resolve(scanned));
  if (!ownersOf) return report;
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const owners = finding.place === undefined ? [] : ownersOf(finding.place.file);
      return owners.length === 0 ? finding : { ...finding, owners: [...owners] };
    }),
  };
}

/** The nearest directory, from what is scanned upwards, that has such a file; none above the repository's own top. */
function ownersIn(start: string): ((file: string) => readonly string[]) | undefined {
  for (let directory = start; ; directory = dirname(directory)) {
    for (const path of codeOwnersPaths) {
      const text = readIfThere(join(directory, path));
      if (text === undefined) continue;
      const owners = readCodeOwners(text, path);
      return (file) => owners.ownersOf(relative(directory, resolve(file)).replaceAll(sep, "/"))?.owners ?? [];
    }
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
}

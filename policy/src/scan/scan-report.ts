import type { Finding, Severity } from "@plumbline/contract/findings";

/** What a scan found. Its JSON form is described by `docs/schemas/scan.schema.json`. */
export interface ScanReport {
  version: 1;
  /** What was scanned, as the caller named it. */
  path: string;
  kind: ScanKind;
  /** Name of the environment whose values and policy hold; null where none was named. */
  environment: string | null;
  /** Findings of this severity and worse make the scan fail. */
  failOn: Severity;
  /** 0 clean, 1 findings at or above `failOn`, 2 something could not be judged. */
  exitCode: 0 | 1 | 2;
  /** Worst first. Those with the outcome `unknown` have to be judged again after apply. */
  findings: Finding[];
  counts: Record<Severity | "unknown", number>;
  judged: ScanExtent;
  /** What could not be judged although it should have been. */
  failures: ScanFailure[];
  /** What the input does not tell, so that nothing could be said about it. */
  unknowns: ScanUnknown[];
}

export type ScanKind = "plan" | "state" | "directory";

/** How much was looked at. */
export interface ScanExtent {
  rules: number;
  resources: number;
  /** Rego files. */
  policies: number;
  /** Source files. */
  files: number;
}

/** Something that could not be judged: what, where, and what to do. */
export interface ScanFailure {
  message: string;
  next: string;
  places: { file: string; line: number; column?: number | undefined }[];
}

/** Something the sources alone do not tell. */
export interface ScanUnknown {
  address?: string | undefined;
  what: string;
  file?: string | undefined;
  line?: number | undefined;
}

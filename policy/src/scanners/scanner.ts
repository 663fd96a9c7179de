import type { Problem } from "@plumbline/contract/errors";
import type { Severity } from "@plumbline/contract/findings";

/** How a scanner is called and its answer read. */
export const scannerKinds = ["checkov", "trivy", "sarif", "sentinel"] as const;
export type ScannerKind = (typeof scannerKinds)[number];

/** What a repository's policy says about a scanner: that it has to run, and what of it counts. */
export interface ScannerRequest {
  /** As whoever runs it has configured it. */
  name: string;
  kind: ScannerKind;
  /** Ids of its checks that do not count. */
  skip?: readonly string[];
}

/**
 * A scanner that is there. What is run is said by whoever runs it, never by a repository; program and files are already
 * held against their hash.
 */
export interface ScannerTool {
  name: string;
  kind: ScannerKind;
  /** Path of the program. */
  program: string;
  /** For kind `sarif`: `{plan}`, `{sources}` and `{output}` stand for paths. */
  arguments?: readonly string[];
  /** For kind `sarif`: exit codes that say that it did its work; by default 0 and 1. */
  exitCodes?: readonly number[];
  /** By default 300. */
  timeoutSeconds?: number;
}

/** One result of a scanner, as it told it. */
export interface ScannerFinding {
  /** The scanner's name. */
  scanner: string;
  /** Id of its check: `CKV_AWS_20`, `AWS-0086`. */
  rule: string;
  title: string;
  /** What it says itself about how much it matters. */
  severity?: Severity;
  /** The resource; more than one where the scanner does not tell instances of a block apart. None where it names no resource. */
  addresses: readonly string[];
  attribute?: string;
  /** In the sources, where it looked at them. */
  place?: { file: string; line: number };
  /** Where it explains the check. */
  help?: string;
}

/** What all scanners came to. A failure blocks. */
export interface ScannerRun {
  /** Names of those that ran to the end. */
  ran: readonly string[];
  findings: readonly ScannerFinding[];
  failures: readonly Problem[];
}

/** What scanners look at: a plan, or sources where there is none. */
export interface ScannerSubject {
  /** The object of `terraform show -json`. */
  plan?: unknown;
  /** Path → text of the sources, and of what they read. */
  files: ReadonlyMap<string, string>;
  /** Path → text of policies in the language of a scanner (`*.sentinel`). */
  policies?: ReadonlyMap<string, string>;
}

/** What a scanner's answer is read with. */
export interface Reading {
  scanner: string;
  /** Whether it looked at the plan. */
  isPlan: boolean;
  resources: readonly PlannedResource[];
  /** The path of a source by the one in the scanner's directory. */
  sourceOf: (path: string) => string;
}

/** A managed resource of the plan. */
export interface PlannedResource {
  address: string;
  moduleAddress: string;
  type: string;
  name: string;
}

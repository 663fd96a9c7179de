import type { Severity } from "@plumbline/contract/findings";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { RegoInput } from "../rego/rego-input.ts";
import type { RunProgram } from "../rego/run-program.ts";
import type { Rule } from "../rule.ts";
import type { ScannerRequest, ScannerTool } from "../scanners/scanner.ts";
import type { EvaluateSources } from "./plan-sources.ts";
import type { ScanFailure, ScanKind } from "./scan-report.ts";

/** What is scanned, already read; a plan or a state as `readDocument` gives it. */
export interface ScanSubject {
  /** As the person named it; only shown. */
  path: string;
  kind: ScanKind;
  /** Where `kind` is not `directory`: what is judged. */
  plan?: unknown;
  /** Path → text of sources, and of files that they read. Paths are shown as they are. */
  files: ReadonlyMap<string, string>;
  /** Directory of the plan's root module among `files`. */
  root?: string;
}

/** How it is scanned. */
export interface ScanOptions {
  failOn?: Severity;
  environment?: string;
  policyConfiguration?: PolicyConfiguration;
  rego?: RegoInput;
  scanners?: ScanScanners;
  /** What went wrong before: files that could not be read, policies that are wrong. */
  failures?: readonly ScanFailure[];
  /** Rules over resources; by default those of the catalogue for the types that occur. */
  rules?: readonly Rule[];
  /** Tells the values of a directory's root modules; by default from their sources. */
  evaluate?: EvaluateSources;
}

/** Scanners that run beside a scan. */
export interface ScanScanners {
  /** Which have to run. */
  requests: readonly ScannerRequest[];
  /** Which there are. */
  tools: readonly ScannerTool[];
  /** An existing directory in which private ones are made and removed again. */
  directory: string;
  run?: RunProgram;
  /** Path → text of Sentinel policies. */
  policies?: ReadonlyMap<string, string>;
}

import type { JudgeInput } from "./judging/judgement.ts";
import type { ScannerTool } from "./scanners/scanner.ts";

/** What `check-main` reads: `JudgeInput` as JSON, its maps as objects. */
export interface CheckRequest extends Omit<
  JudgeInput,
  "files" | "texts" | "environmentValues" | "rego" | "organizationRego" | "hidden" | "scanned"
> {
  files: Record<string, string>;
  texts?: Record<string, string>;
  environmentValues?: Record<string, string>;
  rego?: RegoRequest;
  /** The organization's policies. */
  organizationRego?: RegoRequest;
  /** The scanners that there are; the policy's configuration says which have to run. */
  scanners?: { tools: ScannerTool[]; directory: string; policies?: Record<string, string> };
}

/** `RegoInput` as JSON. */
export interface RegoRequest {
  opa: string;
  files: Record<string, string>;
  /** Directory of the policies; by default `policies`. */
  root?: string;
  directory: string;
  /** Tests of the policies; where they are given they are run, and a failed one is a failure of the judgement. */
  tests?: Record<string, string>;
}

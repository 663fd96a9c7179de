import type { Problem } from "@plumbline/contract/errors";
import type { Resource } from "../resources/resource.ts";
import type { ResourceFinding } from "../judging/judge-resources.ts";
import type { RunProgram } from "./run-program.ts";

/** What Rego needs besides the plan. */
export interface RegoInput {
  /** Path of the OPA binary, already checked by the caller; empty where there is none: then policies are a failure. */
  opa: string;
  /** Repository path → text of the policies and their data (`regoFileKind`). Tests are left out. */
  files: ReadonlyMap<string, string>;
  /** Directory of the policies, to which the paths of data files are relative; by default `policies`. */
  root?: string;
  /** An existing directory in which a private one is made and removed again. */
  directory: string;
  /** Starts OPA; by default as a plain child process. */
  run?: RunProgram;
}

/** What the policies are asked about. */
export interface RegoSubject {
  /** The object of `terraform show -json`. */
  plan: unknown;
  resources: readonly Resource[];
  /** Limit of one evaluation in milliseconds of a processor, for up to 500 resources; it grows with their number. */
  timeoutMs: number;
}

export interface RegoResult {
  findings: ResourceFinding[];
  /** Files evaluated. */
  policies: number;
  failures: Problem[];
}

import type { Job } from "@plumbline/contract/jobs";
import type { EngineName } from "@plumbline/engine/terraform/engine-name";
import type { PolicyConfiguration } from "@plumbline/policy/configuration/policy-configuration";
import type { ScannerTool } from "@plumbline/policy/scanners/scanner";
import type { Programs } from "../programs/bundle-programs.ts";
import type { HostLayout } from "../sandbox/host-layout.ts";
import type { ProcessLimits } from "../sandbox/limits.ts";

/** Which hosts a run may reach, and by which address those that only have a name here. */
export interface EgressRules {
  /** `lab.cloud` → `127.0.0.1:7300`. A declared name is reached at that address whatever port is asked for. */
  names: Record<string, string>;
  /** `host`, `host:port` or `*.domain:port`, per step; a host without a port means 443. */
  allow: { init: string[]; plan: string[]; apply: string[] };
}

/** How steps are contained. `none` needs a reason, which is shown. */
export type SandboxChoice =
  | { kind: "bubblewrap"; program: string; host: HostLayout }
  | { kind: "none"; reason: string };

/** An engine binary and what it is. */
export interface EngineBinary {
  name: EngineName;
  path: string;
  version: string;
  sha256: string;
}

/** A scanner of this runner, and what of the machine it needs to see. */
export interface RunnerScanner {
  tool: ScannerTool;
  /** Files and folders, at their own paths. */
  mounts: string[];
}

/** What the runner hands to a supervisor: the server's job and what this machine offers. No secrets. */
export interface SupervisorJob {
  job: Job;
  engine: EngineBinary;
  node: string;
  prlimit: string;
  sandbox: SandboxChoice;
  limits: ProcessLimits;
  /** Provider mirrors on this machine; `direct` allows the registries as well. */
  mirrors: string[];
  direct: boolean;
  egress: EgressRules;
  /** A bundle of certificate authorities that the steps trust besides the system's. */
  certificates: string | null;
  programs: Programs;
  /** The repository's policy configuration, read; or why it cannot be read: then nothing can be judged. */
  policy: { configuration: PolicyConfiguration } | { mistake: string };
  /** Programs for the check by name: `opa`. */
  tools: Record<string, string>;
  /** Scanners that the policy asks for. */
  scanners: RunnerScanner[];
  compileCache: string | null;
  /** Folder for what `init` left, of all runs. */
  prepared: string;
  /** Seconds between asking a step to stop and, unless it is an apply, ending it. */
  graceSeconds: number;
  /** Bytes that the archive may unpack to. */
  largestTree: number;
}

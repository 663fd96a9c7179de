import type { Severity } from "@plumbline/contract/findings";
import type { ScannerRequest } from "../scanners/scanner.ts";

/** Values that parametrised rules need. A rule whose parameter is missing is not in force. */
export interface PolicyParameters {
  /** Tags every resource that can have tags must carry. */
  required_tags?: readonly string[];
  /** Regions resources may stand in. */
  allowed_regions?: readonly string[];
  /** Networks (CIDR) from which traffic may be let in. */
  allowed_networks?: readonly string[];
  /** Managed resources that one state may hold. */
  max_resources?: number;
  /** Resource type (or `*`) → regular expression that the whole name must match. */
  naming?: Readonly<Record<string, string>>;
}

/** `off`, `on`, or on with another severity. */
export interface RuleSwitch {
  enabled: boolean;
  severity?: Severity;
}

/** What may be said for the whole repository and again, more narrowly, for an environment or a layer. */
export interface PolicyScope {
  rules: Readonly<Record<string, RuleSwitch>>;
  parameters: PolicyParameters;
  /** Severities that block beside critical and high, which always do. */
  block: readonly Severity[];
  /** `block: all`: findings that were there before block at once, too. */
  blockOld?: boolean;
  /** Days that a finding which was there before is only reported. */
  baselineDays?: number;
}

/** `policies/plumbline-policy.yaml`, read from main. */
export interface PolicyConfiguration extends PolicyScope {
  version: 1;
  /** Keys are environment names or patterns such as `globex/*`. */
  environments: Readonly<Record<string, PolicyScope>>;
  layers: Readonly<Record<string, PolicyScope>>;
  /** The most days that any `baseline.days` may say. */
  baselineMaxDays: number;
  /** How many days after its introduction a waiver may expire. */
  waiverMaxDays: number;
  /** Scanners that have to run beside the rules; none where it is absent. */
  scanners?: readonly ScannerRequest[];
  rego: {
    /** CPU and wall limit of one evaluation, in milliseconds. */
    timeoutMs: number;
  };
  /** What the organization says, under which this was laid (`underOrganization`); never from the file itself. */
  organization?: PolicyConfiguration;
}

/** Days of a baseline where nothing is said. */
export const defaultBaselineDays = 90;

/** What holds in a repository without the file. */
export const defaultPolicyConfiguration: PolicyConfiguration = {
  version: 1,
  rules: {},
  parameters: {},
  block: [],
  environments: {},
  layers: {},
  baselineMaxDays: 180,
  waiverMaxDays: 180,
  rego: { timeoutMs: 2000 },
};

import type { ProblemBody } from "@plumbline/contract/errors";
import type { Finding } from "@plumbline/contract/findings";
import type { ResourcePlace } from "@plumbline/contract/plan-view";
import type { ValuesOf } from "../lint/unexplained-values.ts";
import type { PolicyConfiguration } from "../configuration/policy-configuration.ts";
import type { RegoInput } from "../rego/rego-input.ts";
import type { ScannerRun } from "../scanners/scanner.ts";
import type { Hidden } from "../resources/known-in-part.ts";

/** What the checks of one workspace get. */
export interface JudgeInput {
  /** The object `terraform show -json <plan>` prints. */
  planJson: unknown;
  /** Repository path → text: sources of the component and its modules, and the tfvars in use. */
  files: ReadonlyMap<string, string>;
  /** Repository path → text of other files that the configuration reads or may read: searched for credentials only. */
  texts?: ReadonlyMap<string, string>;
  /** Repository paths of every file of the component and its modules; without them nothing is said about missing files. */
  paths?: readonly string[];
  /** With it credentials are told apart by a keyed fingerprint of their value; without it only by place and kind. */
  secretsKey?: string;
  /** Repository path of the root module. */
  componentPath: string;
  /** What the evaluation of the sources tells beside the plan that was made of it. */
  hidden?: Hidden;
  environment: string;
  layer: string;
  /** Names of all environments of the repository. */
  environments: readonly string[];
  policyConfiguration: PolicyConfiguration;
  /** Paths of the tfvars files in use, the one that wins last; by default those of the environment, `common.tfvars` first. */
  variableFiles?: readonly string[];
  /** Repository path → text of the tfvars files of all environments, to compare them. */
  environmentValues?: ReadonlyMap<string, string>;
  /** Whose each of them is, by path; left out they are those of `environments/<environment>/`. */
  valuesOf?: Readonly<Record<string, ValuesOf>>;
  /** The repository's Rego policies; left out where it has none. */
  rego?: RegoInput;
  /** Those of the organization: evaluated apart, so that no file of the repository has a say in them. */
  organizationRego?: RegoInput;
  /** What other scanners found; they may still be running. */
  scanned?: ScannerRun | Promise<ScannerRun>;
}

/** The outcome. Where there are failures the plan could not be judged and the change is blocked. */
export interface Judgement {
  /** Worst first. */
  findings: Finding[];
  judged: {
    /** Rules in force for what is there, those over sources included. */
    rules: number;
    /** Managed resources looked at. */
    resources: number;
    /** Rego files evaluated. */
    policies: number;
  };
  /** Each an error of the catalogue (`policy_unjudged`), with places in policy files. */
  failures: ProblemBody[];
  /** Where each resource's block begins and its attributes are set, by address; left out where nothing could be judged. */
  places?: Record<string, ResourcePlace>;
}

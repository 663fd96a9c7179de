import type { Json } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";

/** What an evaluation of sources starts from. */
export interface EvaluationOptions {
  /** Repository path of the root module's directory; `.` for the top. */
  root: string;
  /**
   * Repository paths of tfvars files, the one that wins last. They come after `terraform.tfvars` and `*.auto.tfvars` of
   * the root module, as with `-var-file`.
   */
  variableFiles?: readonly string[];
  /** Values of root variables, as with `-var`; they win over every file. */
  variables?: Readonly<Record<string, unknown>>;
  /** Name of the environment: chooses the tfvars files where `variableFiles` is left out. */
  environment?: string;
}

/** What the sources say without a plan. */
export interface Evaluation {
  /** Managed resources in the shape that a plan gives; what is not known is marked in `unknown` and has no value. */
  resources: Resource[];
  /** Provider configurations of the root module, as resources of type `provider`. */
  providers: Resource[];
  /** What is wrong with the sources, so that something could not be judged: syntax, cycles, limits. */
  problems: EvaluationProblem[];
  /** What cannot be known from the sources alone, and why. Attributes that only the provider knows are not listed. */
  unknowns: EvaluationUnknown[];
  /** Address → attribute → a document (JSON) of which parts are unknown: see `PartialDocument`. */
  documents: ReadonlyMap<string, ReadonlyMap<string, PartialDocument>>;
  /** Address → attribute path → the resource attribute that gives the value after apply, also through modules. */
  origins: ReadonlyMap<string, ReadonlyMap<string, readonly Origin[]>>;
  /** Address → attribute path → its text as far as it is known: `unknownText` and `nameGap` stand for the rest. */
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Address → where its block begins; also for the JSON syntax, which chains and places of attributes do not cover. */
  places: ReadonlyMap<string, BlockPlace>;
}

/** Line and column from 1. */
export interface BlockPlace {
  file: string;
  line: number;
  column: number;
}

export interface EvaluationProblem {
  message: string;
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column?: number;
}

export interface EvaluationUnknown {
  /** The resource or module it concerns, where it is about one. */
  address?: string;
  what: string;
  file: string;
  line: number;
}

/**
 * JSON text that an attribute will hold (`jsonencode`, `aws_iam_policy_document`) of which some values are known only
 * after apply: in `document` these are `null`, and `unknown` has the same shape with `true` there, as in a plan, or with
 * the text as far as it is known: `unknownText` and `nameGap` stand for the rest.
 */
export interface PartialDocument {
  document: Json;
  unknown: Json;
}

/** Where a value that is known only after apply comes from: `module.logs.aws_s3_bucket.this` and `id`. */
export interface Origin {
  address: string;
  attribute: string;
}

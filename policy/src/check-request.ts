import type { JudgeInput } from "./judging/judgement.ts";

/** What `check-main` reads: `JudgeInput` as JSON, its maps as objects. */
export interface CheckRequest extends Omit<JudgeInput, "files" | "texts" | "environmentValues" | "rego" | "hidden"> {
  files: Record<string, string>;
  texts?: Record<string, string>;
  environmentValues?: Record<string, string>;
  rego?: { opa: string; files: Record<string, string>; directory: string };
}

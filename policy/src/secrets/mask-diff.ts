import { findSecrets } from "./find-secrets.ts";
import { maskText } from "./mask.ts";

/** A unified diff of one file with the credentials in it, old and new ones, replaced. */
export function maskDiff(diff: string, file: string): string {
  // The signs in front of the lines are none of the file's; blanks keep the offsets.
  const text = diff.replaceAll(/^[+-]/gm, " ");
  return maskText(diff, findSecrets(text, isHcl(file) ? "hcl" : "other"));
}

/** Whether a file is code or values of an engine, by its name. */
export function isHcl(file: string): boolean {
  return /\.(?:tf|tofu|tfvars|hcl)$/.test(file);
}

import type { ChangedFile } from "@plumbline/contract";
import { maskDiff } from "@plumbline/policy/secrets/mask-diff";
import type { FileDiff } from "../../forges/forge.ts";
import type { Rules } from "../../repositories/rules.ts";

/** How a file differs, for people: with its owners, and without credentials that somebody wrote into it. */
export function shownFile(file: FileDiff, { codeOwners }: Pick<Rules, "codeOwners">): ChangedFile {
  return {
    ...file,
    patch: file.patch === null ? null : maskDiff(file.patch, file.path),
    owners: codeOwners.ownersOf(file.path)?.owners ?? [],
  };
}

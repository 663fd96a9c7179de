import { problem } from "@plumbline/contract";
import type { TreeEntry } from "../../forges/builtin/tree.ts";

/** Limits of what a commit may hold. */
export interface PushLimits {
  maxFileBytes: number;
  maxFiles: number;
}

/**
 * Refuses a tree that would harm whoever handles it: too many or too large files, names that are not UTF-8 or hold
 * control characters. Links and submodules are no harm in themselves; where a component would read one, the pull
 * request's configuration check says so.
 */
export function checkTree(entries: readonly TreeEntry[], limits: PushLimits): void {
  if (entries.length > limits.maxFiles)
    throw problem("push_refused", `The commit has ${entries.length} files; ${limits.maxFiles} are allowed.`, {
      next: "Leave generated files out, or have git.maxFiles raised in the server's configuration.",
    });
  for (const { path, size, mode } of entries) {
    if (/[\p{Cc}\p{Zl}\p{Zp}\uFFFD]/u.test(path))
      throw problem("push_refused", `The file name ${JSON.stringify(path)} holds control or invalid characters.`, {
        next: "Rename the file and push again.",
      });
    if (mode !== "160000" && size > limits.maxFileBytes)
      throw problem(
        "push_refused",
        `${path} has ${Math.ceil(size / 1024 / 1024)} MiB; ${Math.floor(limits.maxFileBytes / 1024 / 1024)} are allowed.`,
        { next: "Keep large files out of the repository, or have git.maxFileBytes raised." },
      );
  }
}

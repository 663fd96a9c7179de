import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import type { RepositoryReader } from "../../repositories/repository-reader.ts";

/**
 * Whether the policies of two commits, or their tests, differ: a replay by one says nothing of the other. Waivers change
 * no verdict, only what follows from it, and that is worked out anew by itself.
 */
export async function rulesDiffer(reader: RepositoryReader, left: string, right: string): Promise<boolean> {
  if (left === right) return false;
  const [one, other] = await Promise.all([policies(reader, left), policies(reader, right)]);
  return one !== other;
}

async function policies(reader: RepositoryReader, commit: string): Promise<string> {
  const { entries } = await reader.snapshot(commit);
  return entries
    .filter(({ path }) => path.startsWith("policies/") && path !== waiversFile)
    .map((entry) => `${entry.id} ${entry.path}`)
    .join("\0");
}

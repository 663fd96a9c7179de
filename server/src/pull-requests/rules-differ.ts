import type { RepositoryReader } from "../repositories/repository-reader.ts";

/** Whether the policies of two commits differ: a verdict given under one says nothing under the other. */
export async function rulesDiffer(reader: RepositoryReader, left: string, right: string): Promise<boolean> {
  if (left === right) return false;
  const [one, other] = await Promise.all([policies(reader, left), policies(reader, right)]);
  return one !== other;
}

async function policies(reader: RepositoryReader, commit: string): Promise<string> {
  const { entries } = await reader.snapshot(commit);
  return entries
    .filter((entry) => entry.path.startsWith("policies/"))
    .map((entry) => `${entry.id} ${entry.path}`)
    .join("\0");
}

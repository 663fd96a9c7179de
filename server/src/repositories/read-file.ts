import type { RepositoryFile } from "@plumbline/contract/api/repositories";
import { problem } from "@plumbline/contract";
import { isHcl } from "@plumbline/policy/secrets/mask-diff";
import { findSecrets } from "@plumbline/policy/secrets/find-secrets";
import { maskText } from "@plumbline/policy/secrets/mask";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { findRepository } from "./find-repository.ts";
import { readRules } from "./policy-repository.ts";
import type { RepositoriesContext } from "./repositories-context.ts";
import { openReader } from "./repository-reader.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { rulesAt } from "./rules.ts";

/** So many letters of a file, and so many lines, are shown; what is longer is cut. A browser has rows for no more. */
const longestShown = 500_000;
const mostLines = 20_000;

/**
 * A file of a repository as it stands at a commit, main's where none is named, with credentials that somebody wrote into
 * it replaced, and with who owns it now. Who is kept to clients reads files of their environments, as they stand on main.
 * Throws `not_found`.
 */
export async function readFile(
  context: RepositoriesContext,
  actor: Actor,
  name: string,
  { path, commit }: { path: string; commit?: string | undefined },
): Promise<RepositoryFile> {
  const repository = await findRepository(context, actor, name);
  const at = commit ?? repository.headCommit;
  const missing = problem(
    "not_found",
    at === null ? "The repository is empty." : `There is no such file at ${at.slice(0, 12)}.`,
  );
  if (at === null) throw missing;
  const reader = await openReader(context.caches, repository, context.forge.objects(repository));
  const kept = keptToClients(actor);
  if (kept && !(at === repository.headCommit && (await isOfReadable(reader, actor, at, path)))) throw missing;
  const [found] = await reader.objects.commits([at], [], 1).catch(() => []);
  if (found === undefined) throw missing;
  const text = await (await reader.snapshot(at)).text(path);
  if (text === undefined) throw missing;
  const rules = kept ? undefined : await readRules(context, repository);
  return {
    repository: repository.name,
    path,
    commit: at,
    onMain: at === repository.headCommit,
    subject: kept ? null : found.subject,
    ...shown(text, path),
    owners: rules?.codeOwners.ownersOf(path)?.owners ?? [],
  };
}

function shown(text: string, path: string): { text: string | null; isCut: boolean } {
  if (text.slice(0, 8_000).includes("\0")) return { text: null, isCut: false };
  const masked = maskText(text, findSecrets(text, isHcl(path) ? "hcl" : "other"));
  const end = Math.min(longestShown, endOfLines(masked, mostLines));
  return { text: masked.slice(0, end), isCut: masked.length > end };
}

/** Where so many lines of a text end. */
function endOfLines(text: string, most: number): number {
  let end = 0;
  for (let line = 0; line < most; line++) {
    const at = text.indexOf("\n", end);
    if (at < 0) return text.length;
    end = at + 1;
  }
  return end;
}

/** Whether a file belongs to environments that the actor may read, and to nothing else. */
async function isOfReadable(reader: RepositoryReader, actor: Actor, commit: string, path: string): Promise<boolean> {
  const environments = (await rulesAt(reader, commit)).environmentsOf(path);
  return environments.length > 0 && environments.every((name) => may(actor, "environment.read", name));
}

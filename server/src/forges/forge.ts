import type { Actor } from "../access/actor.ts";
import type { Commit } from "./builtin/commits.ts";
import type { FileEdit, MergeOutcome, Signature } from "./builtin/merge.ts";
import type { Tidied } from "./builtin/tidy.ts";
import type { TreeEntry } from "./builtin/tree.ts";

/** Which repository: its organization and its id, never its name. */
export interface RepositoryKey {
  organizationId: string;
  repositoryId: string;
}

/** Reads the objects of one repository; everything is named by full object ids and never changes. */
export interface RepositoryObjects {
  /** All files of a commit. Cached. */
  list(commit: string): Promise<readonly TreeEntry[]>;
  /** The content of a blob; undefined where there is none. */
  blob(id: string): Promise<Buffer | undefined>;
  /** The tree of a commit; undefined where there is no such commit. */
  treeOf(commit: string): Promise<string | undefined>;
  commits(tips: readonly string[], without: readonly string[], limit: number): Promise<Commit[]>;
  /** The commits of main itself, first parents only, newest first. */
  firstParents(tip: string, limit: number): Promise<Commit[]>;
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
  /** Whether main has been at `commit` on its way to `tip`: what a pull request merely carried along does not count. */
  isOnMain(commit: string, tip: string): Promise<boolean>;
  /** The newest commit that both have; null where they have none. */
  mergeBase(left: string, right: string): Promise<string | null>;
  /** How many commits of main (first parents) are in `tip` and not in `without`. */
  countBetween(without: string, tip: string): Promise<number>;
  merge(ours: string, theirs: string): Promise<MergeOutcome>;
  /** `onto` without what the commit `change` brought against its first parent. */
  revert(change: string, onto: string, signature: Signature): Promise<MergeOutcome>;
  /** The tree of `base` with files changed. */
  edit(base: string, edits: readonly FileEdit[]): Promise<string>;
  commit(commit: {
    tree: string;
    parents: readonly string[];
    author: Signature;
    committer: Signature;
    message: string;
  }): Promise<string>;
  /** A unified diff of two commits, one entry per file. */
  diff(from: string, to: string): Promise<FileDiff[]>;
}

/** How one file differs between two commits. */
export interface FileDiff {
  path: string;
  oldPath: string | null;
  status: "added" | "changed" | "deleted" | "renamed";
  added: number;
  removed: number;
  /** Null for a binary or very large file. */
  patch: string | null;
}

/** What the world is told about a pull request on its forge. */
interface PullRequestNews {
  number: number;
  commit: string;
  summary: string;
  status: "pending" | "failure" | "success";
  sentence: string;
}

/**
 * A Git host. The built-in one is an own bare repository; an adapter for another host mirrors that host's repository
 * and posts what `publish` gets. Everything a pull request needs of Git goes through here.
 */
export interface Forge {
  readonly kind: "builtin";
  /** Makes an empty repository. Again does nothing. */
  create(key: RepositoryKey): Promise<void>;
  objects(key: RepositoryKey): RepositoryObjects;
  /** What main holds on the forge; null while it is empty. */
  readMain(key: RepositoryKey): Promise<string | null>;
  /** Moves main if it still is where it was (null: if it is empty). Throws `conflict` otherwise. */
  moveMain(key: RepositoryKey, from: string | null, to: string): Promise<void>;
  /**
   * Keeps commits, so that they are never pruned. Names under `pull/` can be fetched by people, those under
   * `plumbline/` are our own.
   */
  keep(key: RepositoryKey, refs: readonly { name: string; commit: string }[]): Promise<void>;
  /** Stores what is kept compactly; whatever a ref reaches stays. May be done at any time, and again. */
  tidy(key: RepositoryKey): Promise<Tidied>;
  /** Where people clone from. */
  url(organization: string, repository: string): string;
  /** Tells the forge what its pages should show. The built-in one's pages show our own tables, so it has nothing to do. */
  publish(key: RepositoryKey, news: PullRequestNews): Promise<void>;
}

/** One ref that a push wants to move. The null id stands for nothing. */
export interface PushedRef {
  ref: string;
  from: string;
  to: string;
}

/** A push whose objects are received and not yet accepted. */
export interface Push {
  key: RepositoryKey;
  repository: string;
  actor: Actor;
  refs: readonly PushedRef[];
  /** `git push -o pr=7` gives "pr=7". */
  options: readonly string[];
  /** Sees the objects of the push beside those of the repository. */
  objects: RepositoryObjects;
}

/** A push that was judged good. `accept` makes it so; what it answers is shown to whoever pushed. */
export interface PreparedPush {
  accept(): Promise<{ ref: string; shownAs: string; from: string; to: string; messages: string[] }>;
}

/** Decides about pushes. Throws a problem to refuse one: nothing of it stays in the repository then. */
export type PushJudge = (push: Push) => Promise<PreparedPush>;

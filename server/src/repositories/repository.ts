import type { RepositoryKey } from "../forges/forge.ts";

/** A repository of an organization. */
export interface Repository extends RepositoryKey {
  name: string;
  forge: "builtin";
  /** Tip of main; null while nothing was pushed. */
  headCommit: string | null;
  createdAt: Date;
}

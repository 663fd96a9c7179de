import type { ScopeCategory } from "@plumbline/contract";

/**
 * Beginnings of a provider's resource types, after `aws_` and the like, by what they are part of. A beginning ends where
 * a word of the type does: `db` fits `aws_db_instance`, not `aws_dbx`.
 */
export type CategoryPrefixes = Partial<Record<ScopeCategory, readonly string[]>>;

/** Which category each beginning stands for; no beginning stands for two. */
export function indexPrefixes(prefixes: CategoryPrefixes): ReadonlyMap<string, ScopeCategory> {
  const index = new Map<string, ScopeCategory>();
  for (const [category, beginnings] of Object.entries(prefixes) as [ScopeCategory, readonly string[]][])
    for (const beginning of beginnings) {
      const other = index.get(beginning);
      if (other !== undefined) throw new Error(`“${beginning}” stands for ${other} and for ${category}`);
      index.set(beginning, category);
    }
  return index;
}

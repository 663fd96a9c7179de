import type { ScopeCategory } from "@plumbline/contract";
import { scopeCategories } from "@plumbline/contract";
import { categoryOf } from "./category-of.ts";

/** How many resources of each type something holds. */
export type TypeCounts = Readonly<Record<string, number>>;

/** What of an environment belongs to one category. */
export interface CodifiedCategory {
  category: ScopeCategory;
  resources: number;
  /** By count, the most first. */
  types: { type: string; count: number }[];
  /** Names of the workspaces that hold them, in their order. */
  workspaces: string[];
}

/** What an environment's states hold, by category in the order of the contract; types of none come last. */
export function codifiedScope(workspaces: readonly { name: string; types: TypeCounts }[]): {
  categories: CodifiedCategory[];
  others: { type: string; count: number }[];
} {
  const held = workspaces.flatMap(({ name, types }) =>
    Object.entries(types).map(([type, count]) => ({ workspace: name, type, count, category: categoryOf(type) })),
  );
  const categories = (Object.keys(scopeCategories) as ScopeCategory[]).map((category): CodifiedCategory => {
    const own = held.filter((one) => one.category === category);
    return {
      category,
      resources: own.reduce((sum, { count }) => sum + count, 0),
      types: countedTypes(own),
      workspaces: [...new Set(own.map(({ workspace }) => workspace))],
    };
  });
  return { categories, others: countedTypes(held.filter(({ category }) => category === undefined)) };
}

function countedTypes(held: readonly { type: string; count: number }[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { type, count } of held) counts.set(type, (counts.get(type) ?? 0) + count);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .toSorted((left, right) => right.count - left.count || (left.type < right.type ? -1 : 1));
}

import type { Resource } from "../resources/resource.ts";
import { catalogue } from "../rules/catalogue.ts";
import { accountOf, clouds } from "./account.ts";
import type { Cloud } from "./account.ts";
import { controlCatalogues } from "./all-catalogues.ts";

/** What judging all controls needs of what is applied in one workspace: small, where its state is large. */
export interface AppliedExtract {
  /** By cloud the account that it stands in, as `accountOf` tells; a cloud is absent where nothing does. */
  accounts: Readonly<Partial<Record<Cloud, string>>>;
  /** How many resources it has of each type that some control looks at. */
  types: Readonly<Record<string, number>>;
  /** Those of its resources that a condition of a control reads. */
  resources: readonly Resource[];
}

const controls = controlCatalogues.flatMap((one) => one.controls.map(({ control }) => control));
const typesOfRule = new Map(catalogue.map((rule) => [rule.id, rule.resourceTypes]));

/** Types of which something has to exist, or that it can be joined with: other workspaces' are asked for, too. */
const existing: ReadonlySet<string> = new Set(
  controls.flatMap(({ exists, counts }) => [
    ...(exists?.resourceTypes ?? []),
    ...joinedTypes(exists?.where),
    ...joinedTypes(counts),
  ]),
);

/** Types that some control looks at. */
const looked: ReadonlySet<string> = new Set([
  ...existing,
  ...controls.flatMap(({ rules }) => rules.flatMap((rule) => typesOfRule.get(rule) ?? [])),
]);

/** Rules of whose findings a part counts for some control: the resource that a finding is about is read then. */
export const rulesThatReadResources: ReadonlySet<string> = new Set(
  controls.flatMap(({ counts, rules }) => (counts === undefined ? [] : rules)),
);

/** Rules that some control is answered by. */
export const rulesOfControls: ReadonlySet<string> = new Set(controls.flatMap(({ rules }) => rules));

/**
 * Extracts from the resources of a state what all catalogues are judged on. `found` are the addresses that findings of
 * `rulesThatReadResources` are about.
 */
export function extractApplied(resources: readonly Resource[], found: ReadonlySet<string>): AppliedExtract {
  const ofInterest = resources.filter(({ type }) => looked.has(type));
  const types: Record<string, number> = {};
  for (const { type } of ofInterest) types[type] = (types[type] ?? 0) + 1;
  return {
    accounts: Object.fromEntries(
      clouds.flatMap((cloud) => {
        const account = accountOf(ofInterest, cloud);
        return account === undefined ? [] : [[cloud, account]];
      }),
    ),
    types,
    resources: ofInterest.filter(({ type, address }) => existing.has(type) || found.has(address)),
  };
}

/** Types that a condition names as neighbours. */
function joinedTypes(condition: unknown): string[] {
  if (Array.isArray(condition)) return condition.flatMap(joinedTypes);
  if (typeof condition !== "object" || condition === null) return [];
  const own = "op" in condition && "type" in condition && typeof condition.type === "string" ? [condition.type] : [];
  return [...own, ...Object.values(condition).flatMap(joinedTypes)];
}

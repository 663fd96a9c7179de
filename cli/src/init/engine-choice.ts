import { isVersionConstraint } from "@plumbline/contract/configuration/version-constraint";
import type { Directory } from "./directory.ts";
import { posix } from "node:path";

/** The engine of a repository, and where it was read. */
export interface EngineChoice {
  name: "terraform" | "tofu";
  version: string;
  /** How many root modules ask for it; 0: nobody says anything. */
  asked: number;
  /** Root modules, by directory, that ask for another version. */
  others: Map<string, string>;
}

const fallback = ">= 1.6";

/** The constraint that most root modules have; the others keep theirs beside their component. */
export function chooseEngine(roots: readonly Directory[], paths: Iterable<string>): EngineChoice {
  const names = [...paths].map((path) => posix.basename(path));
  const isTofu = names.some((name) => name === ".opentofu-version" || /\.tofu(?:\.json)?$/.test(name));
  const asked = new Map(
    roots.flatMap(({ path, constraints }) => {
      const joined = [...new Set(constraints.map((one) => one.trim()))].join(", ");
      return isVersionConstraint(joined) ? [[path, joined] as const] : [];
    }),
  );
  const counted = [...Map.groupBy(asked.values(), (version) => version)].toSorted(
    ([, left], [, right]) => right.length - left.length,
  );
  const [version = fallback, same = []] = counted[0] ?? [];
  return {
    name: isTofu ? "tofu" : "terraform",
    version,
    asked: same.length,
    others: new Map([...asked].filter(([, own]) => own !== version)),
  };
}

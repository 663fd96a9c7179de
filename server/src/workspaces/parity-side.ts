import type { ReadValues } from "./read-values.ts";

/** One environment's side of the comparison of a component. */
export interface ParitySide {
  environment: string;
  values: ReadValues;
  /** The pin it has; undefined where it follows main. */
  pin: { ref: string; label?: string } | undefined;
  /** Version of the engine that applied last; undefined where nothing was applied. */
  engineVersion: string | undefined;
  resources: number;
}

/** Whether all sides run one code: of one commit, and where each has a directory of its own the same in all. */
export function isOneCode(sides: readonly ParitySide[]): boolean {
  return isOneCommit(sides) && differentFiles(sides).length === 0;
}

/** Whether all sides run the code of one commit. */
export function isOneCommit(sides: readonly ParitySide[]): boolean {
  return new Set(sides.map(({ values }) => values.codeCommit)).size <= 1;
}

/** Names of the files that say something else in one environment's directory than in another's, or are missing there. */
export function differentFiles(sides: readonly ParitySide[]): string[] {
  const own = sides.flatMap(({ values }) => values.own?.files ?? []);
  const names = new Set(own.flatMap((files) => [...files.keys()]));
  return [...names].filter((name) => new Set(own.map((files) => files.get(name))).size > 1).toSorted();
}

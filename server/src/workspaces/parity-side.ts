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

/** Whether all sides run the code of one commit. */
export function isOneCode(sides: readonly ParitySide[]): boolean {
  return new Set(sides.map(({ values }) => values.codeCommit)).size <= 1;
}

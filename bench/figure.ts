/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Result {
  id: string;
  value: number;
  unit: string;
  target: number;
  /** Whether the target is reached. */
  holds: boolean;
}

/** What a measurement found. `notes` say what is behind the value: shares, medians, counts. */
export interface Measured {
  value: number;
  /** Demands beside the target, such as "none missed"; the figure holds only where all of them do. */
  demands?: { says: string; holds: boolean }[];
  notes: string[];
}

/** A figure that Plumbline wants to reach. */
export interface Figure {
  id: string;
  title: string;
  unit: string;
  target: number;
  /** Whether the value has to stay below the target or to reach it. */
  better: "lower" | "higher";
  /** Why it cannot be measured on this machine; it is then left out, and that is told. */
  missing?: () => string | undefined;
  measure(say: (text: string) => void): Promise<Measured>;
  /** Takes away what it shares with other figures; called once, after the last of all. */
  close?: () => Promise<void>;
}

/** Judges what was measured. */
export function judge(figure: Figure, { value, demands = [] }: Measured): Result {
  const reached = figure.better === "lower" ? value <= figure.target : value >= figure.target;
  const holds = reached && demands.every((demand) => demand.holds);
  return { id: figure.id, value: rounded(value), unit: figure.unit, target: figure.target, holds };
}

/** The value below which a share of the samples lies (nearest rank); `quantile(times, 0.95)` is the p95. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new Error("a quantile of no samples");
  return found;
}

/** Three significant digits at least, and no more decimals than that needs. */
function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

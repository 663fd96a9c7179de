import { useState } from "react";

/**
 * Keeps rows that came after the list was opened behind a button, so that nothing moves under the reader. `numberOf`
 * grows with every new row; another `list` (other filters) begins anew.
 */
export function useNewRows<Row>(
  rows: readonly Row[] | undefined,
  numberOf: (row: Row) => number,
  list: string,
): { shown: readonly Row[]; waiting: number; show: () => void } {
  const newest = rows === undefined || rows.length === 0 ? undefined : Math.max(...rows.map(numberOf));
  const [seen, setSeen] = useState<{ list: string; upTo: number } | null>(null);
  const known = seen?.list === list ? seen.upTo : undefined;
  if (known === undefined && newest !== undefined) setSeen({ list, upTo: newest });
  const shown = (rows ?? []).filter((row) => known === undefined || numberOf(row) <= known);
  const show = () => {
    if (newest !== undefined) setSeen({ list, upTo: newest });
  };
  return { shown, waiting: (rows?.length ?? 0) - shown.length, show };
}

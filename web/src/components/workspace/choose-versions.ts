/**
 * Which two versions are compared: those of the address where they exist, the later as `to`; else the newest with the
 * one before it. 0 stands for no state. `items` are newest first; undefined where there are none.
 */
export function chooseVersions(
  items: readonly { version: number }[],
  from: string | undefined,
  to: string | undefined,
): { from: number; to: number } | undefined {
  const known = new Set(items.map(({ version }) => version));
  const read = (text: string | undefined) => {
    const number = Number(text);
    return text !== undefined && (known.has(number) || text === "0") ? number : undefined;
  };
  const [newest] = items;
  if (newest === undefined) return undefined;
  const wanted = read(to);
  const later = wanted === undefined || wanted === 0 ? newest.version : wanted;
  const earlier = read(from) ?? items.find(({ version }) => version < later)?.version ?? 0;
  if (earlier === later) return { from: items.find(({ version }) => version < later)?.version ?? 0, to: later };
  return { from: Math.min(earlier, later), to: Math.max(earlier, later) };
}

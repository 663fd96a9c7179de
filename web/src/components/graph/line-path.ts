interface Point {
  x: number;
  y: number;
}

/**
 * An SVG path from the right edge of a box to the left edge of another. One that passes columns in between runs in the
 * `channel` below the row it comes from, where no box hides it. `gap`: between two columns.
 */
export function linePath(start: Point, end: Point, channel: number | null, gap: number): string {
  const curve = (from: Point, to: Point) => {
    const bend = (to.x - from.x) / 2;
    return `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
  };
  if (channel === null) return `M${start.x} ${start.y}${curve(start, end)}`;
  const down = { x: start.x + gap, y: channel };
  const up = { x: end.x - gap + 5, y: channel };
  return `M${start.x} ${start.y}${curve(start, down)}H${up.x}${curve(up, end)}`;
}

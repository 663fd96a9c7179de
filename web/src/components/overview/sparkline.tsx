import "./sparkline.css";

const width = 190;
const height = 58;

/** One environment's detection delay over 14 days; dotted line = objective, misses marked. The numbers stand in a table beside. */
export function Sparkline({
  days,
  objective,
}: {
  days: readonly { day: string; seconds: number | null }[];
  objective: number;
}) {
  const most = Math.max(objective * 1.3, ...days.map(({ seconds }) => seconds ?? 0));
  const y = (seconds: number) => height - 4 - (seconds / most) * (height - 8);
  const points = days.flatMap(({ day, seconds }, index) =>
    seconds === null
      ? []
      : [{ day, seconds, x: 6 + (index * (width - 12)) / Math.max(1, days.length - 1), y: y(seconds) }],
  );
  const line = points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" ");
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {first !== undefined && last !== undefined && (
        <polygon className="sparkline__area" points={`${first.x},${height} ${line} ${last.x},${height}`} />
      )}
      <path className="sparkline__objective" d={`M6 ${y(objective)}H${width - 6}`} />
      <polyline className="sparkline__line" points={line} />
      {points
        .filter((point) => point.seconds > objective)
        .map((point) => (
          <circle key={point.day} className="sparkline__miss" cx={point.x} cy={point.y} r="3" />
        ))}
      {last !== undefined && <circle className="sparkline__now" cx={last.x} cy={last.y} r="2.6" />}
    </svg>
  );
}

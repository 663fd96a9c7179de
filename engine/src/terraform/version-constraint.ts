type Version = readonly number[];

/**
 * Whether a version satisfies a constraint as both engines write them: `~> 1.10`, `>= 1.9, < 2.0`, `1.11.4`, `!= 1.10.1`.
 * An empty constraint allows all. A pre-release counts as its release. Throws a RangeError for what is not a constraint.
 */
export function satisfies(version: string, constraint: string): boolean {
  const actual = parse(version, version);
  return constraint
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .every((part) => meets(actual, part));
}

function meets(actual: Version, part: string): boolean {
  const match = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)$/.exec(part);
  if (!match?.[2]) throw new RangeError(`"${part}" is not a version constraint`);
  const wanted = parse(match[2], part);
  const order = compare(actual, wanted);
  switch (match[1] ?? "=") {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case ">=":
      return order >= 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case "<":
      return order < 0;
    default:
      // ~> 1.10 allows 1.x from 1.10, ~> 1.10.3 allows 1.10.x from 1.10.3
      return order >= 0 && wanted.slice(0, -1).every((number, index) => actual[index] === number);
  }
}

/**
 * Negative where `left` is the older version. A pre-release is older than its release; two of them are ordered by their
 * text. Throws a RangeError for what is no version.
 */
export function compareVersions(left: string, right: string): number {
  const order = compare(parse(left, left), parse(right, right));
  if (order !== 0) return order;
  const [before, after] = [preRelease(left), preRelease(right)];
  if (before === after) return 0;
  if (before === "") return 1;
  if (after === "") return -1;
  return before < after ? -1 : 1;
}

function preRelease(version: string): string {
  const dash = version.indexOf("-");
  return dash < 0 ? "" : version.slice(dash + 1);
}

/** Whether a state that the first version wrote may be one that the second cannot read: its minor version is higher. */
export function isNewerSeries(writer: string, reader: string): boolean {
  return compare(parse(writer, writer).slice(0, 2), parse(reader, reader).slice(0, 2)) > 0;
}

/** Whether two versions are of one series, `1.11`, whose states are alike. */
export function isSameSeries(left: string, right: string): boolean {
  return !isNewerSeries(left, right) && !isNewerSeries(right, left);
}

function parse(text: string, shown: string): Version {
  const match = /^v?(\d+(?:\.\d+){0,2})/.exec(text.trim());
  if (!match?.[1]) throw new RangeError(`"${shown}" is not a version`);
  return match[1].split(".").map(Number);
}

function compare(left: Version, right: Version): number {
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

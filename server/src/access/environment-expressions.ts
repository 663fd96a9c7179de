/**
 * Patterns of environments as PostgreSQL's regular expressions, for `environment ~ any(…)`. They mean what
 * `matchesEnvironment` of the contract says.
 */
export function expressionsOf(patterns: readonly string[]): string[] {
  return patterns.map((pattern) =>
    pattern === "*"
      ? "^"
      : `^${pattern
          .split("*")
          .map((part) => part.replaceAll(/[.\\+?()[\]{}|^$]/g, "\\$&"))
          .join("[^/]*")}$`,
  );
}

/**
 * Arguments of the outer bwrap, in which a run's supervisor lives: a network namespace of its own, everything else shared
 * with the host. Nothing here ends with the runner.
 */
export function outerArguments(command: readonly string[]): string[] {
  return ["--unshare-net", "--dev-bind", "/", "/", "--", ...command];
}

import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";

/**
 * The arguments that a program was started with. Where they are wrong it says so with its help and ends with 78, as for a
 * wrong configuration: starting again by itself is of no use.
 */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
  help: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n\n${help}`);
    return process.exit(78);
  }
}

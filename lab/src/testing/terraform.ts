import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

export type Finished = { code: number | null; output: string };

/** The terraform binary on PATH; says loudly when there is none, and fails where CI=true promises one. */
export function findTerraform(): string | undefined {
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "terraform"))
    .find((path) => isExecutable(path));
  if (found !== undefined) return found;
  const message = "SKIPPED: the lab provider's tests with the real terraform, because there is none on PATH";
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`\n*** ${message} ***\n\n`);
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Writes a CLI configuration that takes providers from the mirror only. */
export async function writeCliConfig(folder: string, mirror: string): Promise<string> {
  const path = join(folder, "terraform.rc");
  await writeFile(
    path,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return path;
}

/** Runs one terraform command with an environment of its own; stdout and stderr come together. */
export async function runTerraform(
  terraform: string,
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  const child = spawn(terraform, args, {
    cwd,
    env: {
      PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter),
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

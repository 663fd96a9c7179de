import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { directoryHash } from "./directory-hash.ts";
import { PROVIDER_SOURCE, PROVIDER_VERSION } from "./provider/version.ts";

const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"] as const;

export type LabMirror = {
  /** The folder given: what `filesystem_mirror { path }` or `-plugin-dir` takes. */
  dir: string;
  source: string;
  version: string;
  /** The package's `h1:` hash; the same for every platform, because the bytes are. */
  h1: string;
};

/**
 * Builds the lab's provider into a Terraform filesystem mirror:
 * `<dir>/plumbline.internal/lab/lab/<version>/<os>_<arch>/terraform-provider-lab_v<version>`. The same sources give the
 * same bytes. It runs by `#!/usr/bin/env node`, so the process that starts it needs node on its PATH.
 */
export async function buildLabMirror(dir: string): Promise<LabMirror> {
  const program = await bundle();
  const packages = PLATFORMS.map((platform) => join(dir, PROVIDER_SOURCE, PROVIDER_VERSION, platform));
  for (const folder of packages) {
    await mkdir(folder, { recursive: true });
    // By rename, so that a terraform that reads the mirror now sees a whole file.
    await replaceFile(join(folder, `terraform-provider-lab_v${PROVIDER_VERSION}`), program, 0o755);
    // Without it Node takes the script for an ES module where a folder above says so.
    await replaceFile(join(folder, "package.json"), '{"type":"commonjs"}\n', 0o644);
  }
  const [first = dir] = packages;
  return { dir, source: PROVIDER_SOURCE, version: PROVIDER_VERSION, h1: await directoryHash(first) };
}

/** The text of a `.terraform.lock.hcl` that pins the built provider. */
export function lockFile(mirror: LabMirror): string {
  return `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "${mirror.source}" {
  version     = "${mirror.version}"
  constraints = "${mirror.version}"
  hashes = [
    "${mirror.h1}",
  ]
}
`;
}

async function bundle(): Promise<string> {
  const here = dirname(fileURLToPath(import.meta.url));
  const result = await build({
    entryPoints: ["provider/main.ts"],
    absWorkingDir: here,
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    logLevel: "silent",
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error("esbuild wrote nothing");
  return output.text;
}

async function replaceFile(path: string, content: string, mode: number): Promise<void> {
  const temporary = join(dirname(dirname(path)), `.new-${process.pid}-${Date.now()}`);
  try {
    await writeFile(temporary, content, { mode });
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

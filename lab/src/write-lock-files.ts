import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLabMirror, lockFile } from "./build-provider.ts";

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../examples/shop-infrastructure/components");

// Run by hand after a change of the provider: the example's lock files name the hash of its bytes.
const dir = await mkdtemp(join(tmpdir(), "lab-mirror-"));
try {
  const text = lockFile(await buildLabMirror(dir));
  for (const component of await readdir(EXAMPLE)) {
    const path = join(EXAMPLE, component, ".terraform.lock.hcl");
    await writeFile(path, text);
    process.stdout.write(`${path}\n`);
  }
} finally {
  await rm(dir, { recursive: true, force: true });
}

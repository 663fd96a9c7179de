import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/**
 * The `h1:` hash of a provider package, as Terraform's lock file holds it: SHA-256 over one line per file, sorted by
 * name, "<sha256 in hex>  <path>\n" (format: https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1).
 */
export async function directoryHash(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const summary = createHash("sha256");
  for (const name of names) {
    const digest = createHash("sha256").update(await readFile(join(directory, name)));
    summary.update(`${digest.digest("hex")}  ${name}\n`);
  }
  return `h1:${summary.digest("base64")}`;
}

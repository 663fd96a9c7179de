import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// Bundles plumb to dist/: small pieces, so that a command loads only its own. What is CommonJS stays
// outside: only `validate` needs it.
const folder = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${folder}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: folder,
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  minify: true,
  keepNames: true,
  format: "esm",
  platform: "node",
  target: "node26",
  chunkNames: "pieces/[name]-[hash]",
  external: ["yaml"],
  logLevel: "warning",
});

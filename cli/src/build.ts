import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Plugin } from "esbuild";

// Bundles plumb to dist/: small pieces, so that a command loads only its own. Nothing stays outside: the folder can be
// put anywhere. Of yaml its ES modules are taken, which it publishes for browsers: its CommonJS cannot be in the bundle.
const yaml: Plugin = {
  name: "yaml",
  setup: (bundle) =>
    bundle.onResolve({ filter: /^yaml$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === "as usual") return undefined;
      const found = await bundle.resolve(path, { kind, resolveDir, pluginData: "as usual" });
      return { path: join(dirname(found.path), "../browser/index.js") };
    }),
};

/** Of zod's fifty languages plumb speaks one. */
const languages: Plugin = {
  name: "languages",
  setup: (bundle) =>
    bundle.onResolve({ filter: /\/locales\/index\.js$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, "../locales/en.js"),
    })),
};

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
  plugins: [yaml, languages],
  logLevel: "warning",
});

import { resolve } from "node:path";
import { buildLabMirror } from "./build-provider.ts";

const [dir] = process.argv.slice(2);
if (dir === undefined) {
  process.stderr.write("Usage: node lab/src/build-provider-main.ts <folder of the mirror>\n");
  process.exitCode = 2;
} else {
  process.stdout.write(`${JSON.stringify(await buildLabMirror(resolve(dir)))}\n`);
}

// The demo for people who change Plumbline: the server restarts when its sources change, and the pages are served by vite,
// which replaces what changed in the open browser.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { startDemo } from "../e2e/src/demo/demo.ts";

const root = resolve(import.meta.dirname, "..");
const say = (text: string) => console.log(`plumbline: ${text}`);
const demo = await startDemo({ folder: join(root, ".plumbline/dev"), port: 8300, labPort: 8390, watch: true, say });
const pages = spawn("npm", ["run", "--silent", "dev", "-w", "web", "--", "--port", "5173"], {
  cwd: root,
  env: { ...process.env, PLUMBLINE_URL: demo.world.url },
  stdio: "inherit",
});
say(`server ${demo.world.url}, lab ${demo.lab.consoleUrl}, pages http://127.0.0.1:5173`);
for (const { name, password } of Object.values(demo.people)) say(`  ${name} ${password}`);
const stop = async () => {
  pages.kill("SIGTERM");
  await demo.stop();
  process.exit(0);
};
process.once("SIGINT", () => void stop());
process.once("SIGTERM", () => void stop());

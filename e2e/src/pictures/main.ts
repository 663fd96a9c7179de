// Takes the pictures in docs/pictures anew: node e2e/src/pictures/main.ts. It runs a demo of its own, pushes a change that
// is blocked, changes something in the lab's cloud, and looks at the pages. The pages have to be built.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listDriftCases } from "@plumbline/contract";
import type { Page } from "playwright-core";
import { startDemo } from "../demo/demo.ts";
import type { Demo } from "../demo/demo.ts";
import { plansOf, pushForReview } from "../world/acts.ts";
import { atBrowser } from "../world/browser.ts";
import { until } from "../world/wait.ts";
import { encodePalettePng } from "./palette-png.ts";
import type { Pixels } from "./palette-png.ts";

const pictures = new URL("../../../docs/pictures/", import.meta.url);
const file = "components/database/main.tf";

/** A pull request that findings block; its number. */
async function blockedChange(demo: Demo): Promise<number> {
  const clone = await demo.clone("dev");
  const before = await clone.must("show", `HEAD:${file}`);
  clone.write(
    file,
    before.replace(/(public\s*=\s*)false/, "$1true").replace(/(storage_encrypted\s*=\s*)true/, "$1false"),
  );
  await clone.commit("Let everybody reach the orders");
  const number = await pushForReview(clone);
  await plansOf(demo.as("owner"), number);
  return number;
}

/** A drift case of production's database; its number. */
async function driftCase(demo: Demo): Promise<number> {
  const firewall = (await demo.lab.list("prod", "firewall")).find(({ name }) => name === "shop-database-prod");
  const ingress = Array.isArray(firewall?.["ingress"]) ? firewall["ingress"] : [];
  await demo.lab.change("prod", "firewall", String(firewall?.["id"]), {
    ingress: [...ingress, { port: 22, protocol: "tcp", cidr: "0.0.0.0/0", description: "quick look" }],
  });
  return until(
    "a drift case",
    async () => (await demo.as("owner").call(listDriftCases, { query: {} })).items[0]?.number,
  );
}

/** What a picture shows, by its name; each is taken in the themes that the documentation uses. */
async function takeAll(demo: Demo, pullRequest: number, dark: boolean): Promise<void> {
  const person = await atBrowser(demo.world.url, demo.people.owner, { dark });
  try {
    for (const { name, path } of await wanted(demo, pullRequest, dark)) {
      await person.open(path);
      // Until what the page asks for is there: pages follow live events, so the network is never idle.
      await person.page.waitForTimeout(3_000);
      const png = encodePalettePng(await pixelsOf(person.page));
      writeFileSync(new URL(`${name}-${dark ? "dark" : "light"}.png`, pictures), png);
      process.stderr.write(`${name}-${dark ? "dark" : "light"}.png: ${Math.round(png.length / 1024)} KiB\n`);
    }
  } finally {
    await person.close();
  }
}

async function wanted(demo: Demo, pullRequest: number, dark: boolean): Promise<{ name: string; path: string }[]> {
  const [drift] = (await demo.as("owner").call(listDriftCases, { query: {} })).items;
  return [
    { name: "overview", path: "/" },
    { name: "pull-request", path: `/pull-requests/${pullRequest}` },
    ...(dark && drift !== undefined ? [{ name: "drift-case", path: `/drift/${drift.number}` }] : []),
  ];
}

/** Runs in a browser: width, height and points of a PNG, with blanks between. */
const readPicture = `async (base64) => {
  const image = new Image();
  image.src = "data:image/png;base64," + base64;
  await image.decode();
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
  return [width, height, new Uint8Array(data.buffer).toBase64()].join(" ");
}`;

/** What the page looks like, read by an empty page beside it, which no content policy keeps from reading pictures. */
async function pixelsOf(page: Page): Promise<Pixels> {
  const shot = (await page.screenshot()).toString("base64");
  const reader = await page.context().newPage();
  const read = String(await reader.evaluate(`(${readPicture})(${JSON.stringify(shot)})`));
  const [width, height, data = ""] = read.split(" ");
  await reader.close();
  return { width: Number(width), height: Number(height), rgba: Buffer.from(data, "base64") };
}

const folder = mkdtempSync(join(tmpdir(), "plumbline-pictures-"));
const demo = await startDemo({ folder, port: 0, labPort: 0, say: (text) => void process.stderr.write(`${text}\n`) });
try {
  const number = await blockedChange(demo);
  await driftCase(demo);
  for (const dark of [false, true]) await takeAll(demo, number, dark);
} finally {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
}

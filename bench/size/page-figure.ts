import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { atBrowser } from "../../e2e/src/world/browser.ts";
import type { PersonAtBrowser } from "../../e2e/src/world/browser.ts";
import { findBrowser } from "../../e2e/src/world/tools.ts";
import { root } from "../../e2e/src/world/world.ts";
import { quantile } from "../figure.ts";
import type { Figure, Measured } from "../figure.ts";
import type { SizedFolder } from "./sized-folder.ts";
import type { SizedWorld } from "./sized-world.ts";

const loads = 7;
/** The one with most workspaces; a browser keeps which repository somebody looks at. */
const repository = "platform";
const cells = ".matrix__row .cell";

type Page = PersonAtBrowser["page"];

/** Why no page can be looked at on this machine. */
export function noBrowser(): string | undefined {
  return findBrowser() === undefined ? "there is no Chromium on PATH" : undefined;
}

/** How long somebody who is signed in waits for the overview of the largest repository. */
export function pageFigure(folder: SizedFolder): Figure {
  return {
    id: "page-at-size",
    title: "first page in the browser at that size, with nothing in its cache, until the matrix is there",
    unit: "s",
    target: 1,
    better: "lower",
    missing: noBrowser,
    measure: (say) =>
      folder.withWorld(say, (world) =>
        withPage(world, async (page) => {
          const times = await timeLoads(page, `${world.world.url}/`, cells, loads);
          const shown = await page.locator(cells).count();
          return {
            value: quantile(times, 0.95),
            demands: [{ says: `the matrix shows workspaces: ${shown}`, holds: shown > 0 }],
            notes: [`the longest of ${loads} loads; median ${quantile(times, 0.5).toFixed(2)} s; ${shown} cells`],
          };
        }),
      ),
  };
}

/** How much code the first page loads. */
export function firstPageSizeFigure(folder: SizedFolder): Figure {
  return {
    id: "first-page-size",
    title: "JavaScript and CSS that the first page loads, gzip",
    unit: "kB",
    target: 200,
    better: "lower",
    missing: noBrowser,
    measure: (say) => folder.withWorld(say, (world) => withPage(world, (page) => measureSize(page, world))),
  };
}

async function measureSize(page: Page, world: SizedWorld): Promise<Measured> {
  await timeLoads(page, `${world.world.url}/`, cells, 1);
  const names = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
  );
  const files = [...new Set(names.filter((name) => /\.(js|css)$/.test(name)))];
  const sizes = files.map((name) => ({ name, bytes: gzipSync(readFileSync(join(root, "web/dist", name))).length }));
  const kilobytes = (pattern: RegExp) =>
    sizes.filter(({ name }) => pattern.test(name)).reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  return {
    value: kilobytes(/./),
    demands: [{ says: `it loads files of the built pages: ${files.length}`, holds: files.length > 0 }],
    notes: [
      `${files.length} files; ${kilobytes(/\.js$/).toFixed(0)} kB of JavaScript, ${kilobytes(/\.css$/).toFixed(0)} kB of CSS; fonts and pictures apart`,
    ],
  };
}

/** Signs in, lets something be done with the page, and closes the browser. */
export async function withPage<T>(world: SizedWorld, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await atBrowser(world.world.url, world.person);
  try {
    await browser.page.evaluate(
      (name) => localStorage.setItem("plumbline-repository", JSON.stringify(name)),
      repository,
    );
    return await work(browser.page);
  } finally {
    await browser.close();
  }
}

/**
 * Loads an address again and again with an empty cache, and answers how many seconds each took until something is seen
 * for which the page had to ask the API. A first load, which warms the server, does not count.
 */
export async function timeLoads(page: Page, url: string, selector: string, count: number): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const times: number[] = [];
  for (let load = -1; load < count; load++) {
    await page.goto("about:blank");
    await session.send("Network.clearBrowserCache");
    const started = performance.now();
    await page.goto(url, { waitUntil: "commit" });
    await page.locator(selector).first().waitFor();
    if (load >= 0) times.push((performance.now() - started) / 1000);
  }
  await session.detach();
  return times;
}

import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { findBrowser } from "./tools.ts";

/** A browser with one person signed in. */
export interface PersonAtBrowser {
  readonly page: Page;
  /** Opens a path of the pages and waits until its heading is there. */
  open(path: string): Promise<void>;
  /** Everything that is to be read on the page now. */
  text(): Promise<string>;
  /** axe's violations of serious or critical impact, in words; of all its rules, or of those that are named. */
  accessibility(rules?: string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Opens a real browser and signs a person in by the form, as he would. */
export async function atBrowser(
  url: string,
  person: { name: string; password: string },
  options: { dark?: boolean; width?: number; height?: number } = {},
): Promise<PersonAtBrowser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error("there is no Chromium on PATH; install the Debian package chromium");
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.dark === true ? "dark" : "light",
    reducedMotion: "reduce",
  });
  // Everything is waited for, however busy the machine is.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const open = async (path: string) => {
    await page.goto(url + path);
    await page.locator("h1").first().waitFor();
  };
  await page.goto(`${url}/login`);
  await page.getByRole("textbox", { name: "Name" }).fill(person.name);
  await page.getByRole("textbox", { name: "Password" }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((current) => !current.pathname.startsWith("/login"));
  return {
    page,
    open,
    text: () => page.locator("body").innerText(),
    async accessibility(rules) {
      const axe = new AxeBuilder({ page });
      const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => String(target)).join("; ")})`);
    },
    close: () => browser.close(),
  };
}

import type { Locator, Page } from "playwright-core";

/** What the pages are driven with: people find things by their names, and so do these. */
export interface Hands {
  press: (name: string | RegExp) => Promise<void>;
  /** Presses a button of the dialog that is open, and waits until it has closed. */
  confirm: (name: string | RegExp) => Promise<void>;
  fill: (label: string, text: string) => Promise<void>;
  choose: (label: string, option: string) => Promise<void>;
  /** Waits until a text is to be read. */
  see: (text: string | RegExp) => Promise<void>;
  dialog: Locator;
}

/** Hands on a page. */
export function handsOn(page: Page): Hands {
  const dialog = page.getByRole("dialog");
  const button = (within: Page | Locator, name: string | RegExp) =>
    within.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) }).first();
  return {
    dialog,
    press: (name) => button(page, name).click(),
    async confirm(name) {
      await button(dialog, name).click();
      await dialog.waitFor({ state: "detached" });
    },
    fill: (label, text) => dialog.getByLabel(label, { exact: true }).first().fill(text),
    async choose(label, option) {
      await dialog.getByRole("combobox", { name: label, exact: true }).click();
      await page.getByRole("option", { name: option, exact: true }).click();
    },
    see: (text) => page.getByText(text).first().waitFor(),
  };
}

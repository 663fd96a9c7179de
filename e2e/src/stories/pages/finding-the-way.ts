import { atBrowser } from "../../world/browser.ts";
import { until } from "../../world/wait.ts";
import { contains } from "../story.ts";
import type { Story } from "../story.ts";

/** Coming in, getting lost, moving by keys, and a connection that goes away. */
export const findingTheWay: Story["steps"] = [
  {
    title:
      "a link leads through the login to where it points; a wrong password and a lost page say what to do, and lead to more",
    async run(demo) {
      const { url } = demo.world;
      const person = await atBrowser(url, demo.people.auditor);
      const { page } = person;
      try {
        await page.context().clearCookies();
        await page.goto(`${url}/runs/13?line=3`);
        await page.getByLabel("Name").fill("auditor");
        await page.getByRole("textbox", { name: "Password" }).fill("not the password");
        await page.getByRole("button", { name: "Sign in" }).click();
        contains((await page.getByRole("alert").textContent()) ?? "", "Name or password is wrong");
        await page.getByRole("textbox", { name: "Password" }).fill(demo.people.auditor.password);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForURL(`${url}/runs/13?line=3`);
        await page.getByRole("heading", { level: 1 }).getByText("Apply").waitFor();

        await person.open("/nothing/here");
        contains(await person.text(), "There is no such page", "Open the overview", "Pull requests");
        await person.open("/pull-requests/99999");
        await page.getByRole("alert").waitFor();
        contains(await person.text(), "Pull request 99999", "There is no such thing");
        const opened = page.waitForEvent("popup");
        await page.getByRole("link", { name: "More about this" }).click();
        const documentation = await opened;
        await documentation.waitForURL(`${url}/docs/troubleshooting#not_found`);
        await documentation.getByRole("heading", { name: "not_found" }).waitFor();
      } finally {
        await person.close();
      }
    },
  },
  {
    title: "keys lead to a list, through its rows and into one; ? shows them all",
    async run(demo) {
      const person = await atBrowser(demo.world.url, demo.people.auditor);
      const { page } = person;
      /** Presses the key until the focus is on a row that will do, and answers its text. */
      const moveTo = (key: string, what: string, isIt: (row: string) => boolean) =>
        until(`${key} moves to ${what}`, async () => {
          await page.keyboard.press(key);
          const row = await page.evaluate<string | null>(
            "document.activeElement?.closest('main [data-row]')?.textContent ?? null",
          );
          return row !== null && isIt(row) ? row : undefined;
        });
      try {
        await person.open("/");
        await page.keyboard.press("?");
        await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.keyboard.press("g");
        await page.keyboard.press("w");
        await page.getByRole("heading", { level: 1, name: "Workspaces", exact: true }).waitFor();
        await page.locator("main [data-row]").nth(1).waitFor();
        const first = await moveTo("j", "a row", () => true);
        await moveTo("j", `another row than ${first}`, (row) => row !== first);
        await moveTo("k", first, (row) => row === first);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: first }).waitFor();
      } finally {
        await person.close();
      }
    },
  },
  {
    title: "a lost live connection says so in every tab, and goes when it is back",
    async run(demo) {
      const person = await atBrowser(demo.world.url, demo.people.auditor);
      const { page } = person;
      const events = /\/api\/v1\/events$/;
      try {
        const context = page.context();
        await context.route(events, (route) => route.abort());
        const second = await context.newPage();
        for (const [tab, path] of [
          [page, "/runs"],
          [second, "/workspaces"],
        ] as const) {
          await tab.bringToFront();
          await tab.goto(demo.world.url + path);
          await tab.getByText("Live connection lost").waitFor();
        }
        await context.unroute(events);
        await second.getByText("Live connection lost").waitFor({ state: "detached" });
        await page.bringToFront();
        await page.getByText("Live connection lost").waitFor({ state: "detached" });
      } finally {
        await person.close();
      }
    },
  },
];

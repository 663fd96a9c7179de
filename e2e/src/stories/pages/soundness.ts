import { listDriftCases } from "@plumbline/contract";
import type { Demo } from "../../demo/demo.ts";
import { atBrowser } from "../../world/browser.ts";
import type { PersonAtBrowser } from "../../world/browser.ts";
import { holds } from "../story.ts";
import type { Story } from "../story.ts";

/** Every page that the side bar or a link leads to, with content where the stories before left some. */
async function paths(demo: Demo): Promise<string[]> {
  const { items } = await demo.as("platform").call(listDriftCases, { query: {} });
  return [
    "/",
    "/pull-requests?status=all",
    "/pull-requests/1",
    "/pull-requests/2?tab=code",
    "/pull-requests/1?tab=discussion",
    "/runs",
    "/runs/13",
    "/workspaces",
    "/workspaces?tab=graph",
    "/workspaces?tab=parity&show=all",
    "/workspaces/database/prod",
    "/workspaces/database/prod?tab=state",
    "/drift?status=all",
    ...items.slice(0, 1).map(({ number }) => `/drift/${number}`),
    "/policy",
    "/policy?tab=rules&rule=aws-rds-public",
    "/policy?tab=controls&catalogue=cis-aws-5.0&control=3.1",
    "/policy?tab=scorecards",
    "/audit?entry=1",
    "/clients",
    "/repositories/shop-infrastructure/environments/prod/database.tfvars?line=2",
    "/runners",
    "/people",
    "/settings",
    "/nothing/here",
    "/docs",
    "/docs/guides/developer",
    "/docs/concepts/changes",
    "/docs/troubleshooting",
    "/docs/rules/aws-s3",
    "/docs/files/examples/starter-aws",
  ];
}

/** What is wrong with the page that is open, in words: axe's findings, and whether it must be scrolled sideways. */
async function faults(person: PersonAtBrowser, rules?: string[]): Promise<string[]> {
  const wide = await person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
  return [...(await person.accessibility(rules)), ...(wide === true ? ["it must be scrolled sideways"] : [])];
}

/** The pages hold in both themes and on a phone. */
export const soundness: Story["steps"] = [
  {
    title:
      "each page, light, dark and 390 px wide: nothing serious by axe, no scrolling sideways, no error in the console",
    async run(demo) {
      const person = await atBrowser(demo.world.url, demo.people.platform);
      const found: string[] = [];
      person.page.on("console", (message) => {
        if (message.type() === "error") found.push(`${person.page.url()}: ${message.text()}`);
      });
      person.page.on("pageerror", (error) => found.push(`${person.page.url()}: ${error.message}`));
      try {
        for (const path of await paths(demo)) {
          await person.page.setViewportSize({ width: 1440, height: 900 });
          await person.page.emulateMedia({ colorScheme: "light" });
          await person.open(path);
          await person.page.locator(".shapes").first().waitFor({ state: "detached" });
          const add = (where: string, all: string[]) => found.push(...all.map((one) => `${path}, ${where}: ${one}`));
          add("light", await faults(person));
          await person.page.emulateMedia({ colorScheme: "dark" });
          add("dark", await faults(person, ["color-contrast"]));
          await person.page.setViewportSize({ width: 390, height: 844 });
          add("390 px", await faults(person, ["color-contrast", "scrollable-region-focusable"]));
        }
      } finally {
        await person.close();
      }
      holds(found.length === 0, `the pages are sound:\n${found.join("\n")}`);
    },
  },
];

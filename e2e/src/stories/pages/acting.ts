import { getPullRequest } from "@plumbline/contract";
import { applied, plansOf, pushForReview } from "../../world/acts.ts";
import { atBrowser } from "../../world/browser.ts";
import type { PersonAtBrowser } from "../../world/browser.ts";
import { until } from "../../world/wait.ts";
import { holds } from "../story.ts";
import type { Story } from "../story.ts";
import { handsOn } from "./forms.ts";

/** Closes the pull request that is open in the browser. */
async function closeByHand({ page }: PersonAtBrowser): Promise<void> {
  const { press, confirm } = handsOn(page);
  await press("More");
  await page.getByRole("menuitem", { name: "Close without merging" }).click();
  await confirm("Close without merging");
  await page.locator(".page-head").getByText("Closed", { exact: true }).waitFor();
}

/** What people do with pull requests and runs, by hand. */
export const acting: Story["steps"] = [
  {
    title: "a sealed variable's new version opens a pull request, and its value is nowhere; it is closed",
    async run(demo) {
      const dev = await atBrowser(demo.world.url, demo.people.dev);
      const { press, fill, choose, confirm } = handsOn(dev.page);
      try {
        await dev.open("/settings");
        await press("Set a variable");
        await choose("Environment", "dev");
        await choose("Component", "shop");
        await fill("Name", "spare_secret");
        await fill("Value", "a sealed value");
        await confirm("Store and open the pull request");
        await dev.page.waitForURL(/\/pull-requests\/\d+$/);
        await closeByHand(dev);
        holds(!(await dev.page.content()).includes("a sealed value"), "the sealed value is nowhere");
      } finally {
        await dev.close();
      }
    },
  },
  {
    title: "a plan that waits is stopped; its pull request is talked about",
    async run(demo) {
      const clone = await demo.clone("dev");
      const file = "components/database/main.tf";
      // The database is replaced, so that the shop waits for an output until after the merge.
      const before = await clone.must("show", `HEAD:${file}`);
      clone.write(file, before.replace(/(storage_encrypted\s*=\s*)true/, "$1false"));
      await clone.commit("Keep the orders in the clear");
      const number = await pushForReview(clone);
      const { affected } = await plansOf(demo.as("dev"), number);
      const waiting = affected.find(({ runStatus }) => runStatus === "waits");
      holds(waiting !== undefined && waiting.run !== null, "a dependent's plan waits");
      const dev = await atBrowser(demo.world.url, demo.people.dev);
      const { press, confirm, see } = handsOn(dev.page);
      try {
        await dev.open(`/runs/${waiting.run}`);
        await press("Cancel run");
        await confirm("Ask it to stop");
        await dev.page.locator(".page-head").getByText("Canceled", { exact: true }).waitFor();
        await dev.open(`/pull-requests/${number}?tab=discussion`);
        await dev.page.getByRole("textbox", { name: "Comment" }).fill("Not **today** <b>");
        await press("Comment");
        await see("today <b>");
        await closeByHand(dev);
      } finally {
        await dev.close();
      }
    },
  },
  {
    title: "a change is approved and merged by hand; its apply fails, is tried again and ends well; a revert is opened",
    async run(demo) {
      const clone = await demo.clone("dev");
      const file = "environments/dev/database.tfvars";
      const before = await clone.must("show", `HEAD:${file}`);
      const more = before.replace(/(backup_days\s*=\s*)(\d+)/, (_, name: string, days: string) => name + (+days + 1));
      holds(more !== before, `${file} names backup_days:\n${before}`);
      clone.write(file, more);
      await clone.commit("Keep backups a day longer");
      const number = await pushForReview(clone);
      await plansOf(demo.as("owner"), number);
      const owner = await atBrowser(demo.world.url, demo.people.owner);
      const dev = await atBrowser(demo.world.url, demo.people.dev, { dark: true });
      try {
        const hands = handsOn(owner.page);
        await owner.open(`/pull-requests/${number}`);
        await hands.see("main.tf:");
        await hands.press("Approve");
        await hands.confirm(/^Approve \d+ plans?$/);
        await owner.page.locator("button:not([aria-disabled])", { hasText: "Merge and apply" }).click();
        await demo.lab.fault({ account: "dev", kind: "database", method: "PATCH", status: 500, calls: 1 });
        await hands.confirm(/^Merge/);
        const run = await until("the apply run", async () => {
          const { affected } = await demo.as("owner").call(getPullRequest, { params: { number } });
          return affected[0]?.applyRun ?? undefined;
        });

        const acts = handsOn(dev.page);
        await dev.open(`/runs/${run}`);
        await dev.page.locator(".page-head").getByText("Failed", { exact: true }).waitFor();
        await dev.page.getByRole("region", { name: "Time of each resource" }).getByText("lab_database").waitFor();
        await acts.press("Retry");
        await acts.confirm("Try again");
        await dev.page.locator(".page-head").getByText("Finished", { exact: true }).waitFor();
        await applied(demo.as("owner"), number, [demo.as("owner")]);

        await dev.open(`/pull-requests/${number}`);
        await acts.press("More");
        await dev.page.getByRole("menuitem", { name: "Revert" }).click();
        await acts.confirm("Open revert pull request");
        await dev.page.locator("#main").getByText(`reverts #${number}`).waitFor();
        await closeByHand(dev);
      } finally {
        await owner.close();
        await dev.close();
      }
    },
  },
];

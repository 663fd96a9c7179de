import {
  checkDrift,
  getDriftCase,
  listDriftCases,
  listPullRequestPlans,
  mergePullRequest,
  revertDrift,
  setTicket,
} from "@plumbline/contract";
import type { DriftCase } from "@plumbline/contract";
import type { Page } from "playwright-core";
import type { Demo } from "../demo/demo.ts";
import { applied, approve, merge, plansOf } from "../world/acts.ts";
import { atBrowser } from "../world/browser.ts";
import type { Sink } from "@plumbline/server/testing/sinks";
import { until } from "../world/wait.ts";
import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

const workspace = "database/prod";

/** The open case of the workspace, checking now where the schedule has not found it yet. */
async function openCase(demo: Demo): Promise<DriftCase> {
  const look = async () => {
    const { items } = await demo.as("owner").call(listDriftCases, { query: { workspace } });
    const found = items.find(({ status }) => status !== "closed");
    return found && demo.as("owner").call(getDriftCase, { params: { number: found.number } });
  };
  return until(`a drift case of ${workspace}`, look, { seconds: 180 });
}

async function closed(demo: Demo, number: number): Promise<void> {
  await until(
    `case ${number} closed by a check that finds nothing`,
    async () =>
      (await demo.as("owner").call(getDriftCase, { params: { number } })).status === "closed" ? true : undefined,
    { seconds: 180 },
  );
}

async function undo(demo: Demo, number: number): Promise<void> {
  const opened = await demo.as("dev").call(revertDrift, { params: { number }, body: {} });
  const planned = await plansOf(demo.as("owner"), opened.number);
  holds(planned.affected.map((one) => one.workspace).join() === workspace, `only ${workspace} is planned`);
  holds(planned.patchSets.at(-1)?.commits.length === 0, "it has no commits");
  const refusal = await demo.as("owner").refused(mergePullRequest, { params: { number: opened.number } });
  holds(refusal.problem.code === "merge_refused", `undoing needs approval: ${refusal.message}`);
  if (planned.gate.some(({ kind, met }) => kind === "ticket" && !met))
    await demo.as("dev").call(setTicket, { params: { number: opened.number }, body: { ticket: "SHOP-6" } });
  const { items } = await demo.as("owner").call(listPullRequestPlans, { params: { number: opened.number }, query: {} });
  holds((items[0]?.plan?.resources.length ?? 0) > 0, "the page shows the undo");
  await approve(demo.as("owner"), opened.number);
  await approve(demo.as("owner2"), opened.number);
  await merge(demo.as("owner"), opened.number);
  await applied(demo.as("owner"), opened.number, [demo.as("owner"), demo.as("owner2")]);
  await closed(demo, number);
}

/** Somebody clicks in the lab's console; the drift is found, told, undone and closed. */
export function driftStory(shared: {
  hooks?: Sink<{ path: string; body: Record<string, unknown> }>;
  mails?: Sink<string>;
}): Story {
  return {
    title: "Somebody clicks in the console",
    steps: [
      {
        title: "a port of the production database is opened to the world; within its interval a critical case is there",
        async run(demo) {
          const person = await atBrowser(demo.world.url, demo.people.owner);
          try {
            const [firewall] = await demo.lab.list("prod", "firewall");
            holds(firewall !== undefined, "prod has a firewall");
            await openPortInConsole(person.page, demo.lab.consoleUrl, String(firewall?.["id"]));
            const found = await openCase(demo);
            holds(
              found.severity === "critical" || found.severity === "high",
              `its severity comes from the rules on live values: ${found.severity}`,
            );
            contains(JSON.stringify(found.changes), "0.0.0.0/0", "lab_firewall");
            holds(found.owners.includes("owner"), `it has owners: ${found.owners.join(", ")}`);
            await person.open("/");
            await person.page.getByText("Drifted").first().waitFor();
            await person.open(`/drift/${found.number}`);
            contains(await person.text(), "0.0.0.0/0", "Whoever may propose to prod decides");
            const violations = await person.accessibility();
            holds(violations.length === 0, `axe finds nothing serious: ${violations.join("\n")}`);
          } finally {
            await person.close();
          }
        },
      },
      {
        title: "people are told by webhook, Slack-compatible webhook and mail",
        async run() {
          const told = () =>
            shared.hooks?.received.filter(({ body }) => JSON.stringify(body).includes(workspace)) ?? [];
          await until(
            "the webhooks",
            async () =>
              told().some(({ path }) => path === "/hook") && told().some(({ path }) => path === "/slack")
                ? true
                : undefined,
            { seconds: 120 },
          );
          await until(
            "the mail",
            async () => (shared.mails?.received.some((mail) => mail.includes(workspace)) ? true : undefined),
            { seconds: 120 },
          );
        },
      },
      {
        title:
          "revert opens a pull request without commits, shows the undo, asks for approval, applies; the case closes",
        async run(demo) {
          const found = await openCase(demo);
          await undo(demo, found.number);
          const [firewall] = await demo.lab.list("prod", "firewall");
          holds(!JSON.stringify(firewall).includes("0.0.0.0/0"), "the port is closed again");
        },
      },
      {
        title: "a resource deleted in the console is found and put back the same way",
        async run(demo) {
          const [database] = await demo.lab.list("prod", "database");
          await demo.lab.remove("prod", "database", String(database?.["id"]));
          await demo
            .as("owner")
            .call(checkDrift, { params: { workspace } })
            .catch(() => undefined);
          const found = await openCase(demo);
          holds(
            found.changes.some(({ action, type }) => type === "lab_database" && action === "delete"),
            `the database is missing: ${JSON.stringify(found.changes)}`,
          );
          await undo(demo, found.number);
          holds((await demo.lab.list("prod", "database")).length === 1, "the database is there again");
        },
      },
    ],
  };
}

async function openPortInConsole(page: Page, consoleUrl: string, firewall: string): Promise<void> {
  await page.goto(`${consoleUrl}/prod/firewall/${firewall}`);
  await page.locator("#ingress-port").fill("5432");
  await page.locator("#ingress-cidr").fill("0.0.0.0/0");
  await page.getByRole("button", { name: "Add rule" }).click();
  await page.getByText("0.0.0.0/0").first().waitFor();
}

import { createHash } from "node:crypto";
import { getRun, listAuditEvents } from "@plumbline/contract";
import { pullRequest } from "../world/acts.ts";
import { atBrowser } from "../world/browser.ts";
import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

/** The auditor sees who proposed, approved and merged, which run altered what, and can check it offline. */
export function auditStory(shared: { number?: number }): Story {
  return {
    title: "Who did what",
    steps: [
      {
        title: "for the change: who proposed, who approved which plan, which run, which state versions",
        async run(demo) {
          const number = shared.number ?? 0;
          const { items } = await demo
            .as("auditor")
            .call(listAuditEvents, { query: { pullRequest: number, limit: 200 } });
          const of = (action: string) => items.filter((event) => event.action.startsWith(action));
          holds(
            of("pull_request.opened").some(({ actor }) => actor.name === "dev"),
            `dev opened it: ${[...new Set(items.map(({ action }) => action))].join(", ")}`,
          );
          const approvals = of("pull_request.approved");
          holds(
            approvals.some(
              ({ actor, details }) => actor.name === "owner" && JSON.stringify(details).includes("digest"),
            ),
            "owner approved named digests",
          );
          holds(of("pull_request.merged").length === 1, "it was merged once");
          const run = (await pullRequest(demo.as("auditor"), number)).affected[0]?.applyRun ?? 0;
          const applied = items.filter((event) => event.run === run);
          holds(applied.length > 0, `run ${run} is in the log`);
          const { stateVersionAfter } = await demo.as("auditor").call(getRun, { params: { number: run } });
          holds(
            items.some(
              ({ action, details }) =>
                action.startsWith("state") && JSON.stringify(details).includes(String(stateVersionAfter)),
            ),
            "the state version it made is in the log",
          );
        },
      },
      {
        title: "filters by person, workspace and time; an export whose leaf hashes can be computed again",
        async run(demo) {
          const byPerson = await demo.as("auditor").call(listAuditEvents, { query: { actor: "owner", limit: 50 } });
          holds(
            byPerson.items.length > 0 && byPerson.items.every(({ actor }) => actor.name === "owner"),
            "the filter by person holds",
          );
          const byWorkspace = await demo
            .as("auditor")
            .call(listAuditEvents, { query: { workspace: "database/prod", limit: 50 } });
          holds(
            byWorkspace.items.length > 0 && byWorkspace.items.every(({ workspace }) => workspace === "database/prod"),
            "the filter by workspace holds",
          );
          const future = await demo
            .as("auditor")
            .call(listAuditEvents, { query: { from: new Date(Date.now() + 60_000).toISOString(), limit: 50 } });
          holds(future.items.length === 0, "the filter by time holds");
          const lines = (await demo.as("auditor").text("/api/v1/audit-events/export"))
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line) as { canonical: string; leafHash: string });
          holds(lines.length > 20, `the export has ${lines.length} entries`);
          const wrong = lines.filter(
            ({ canonical, leafHash }) =>
              createHash("sha256")
                .update(Buffer.concat([Buffer.of(0), Buffer.from(canonical)]))
                .digest("hex") !== leafHash,
          );
          holds(wrong.length === 0, "every leaf hash fits its entry");
        },
      },
      {
        title: "who may not read the log is refused; the page shows it",
        async run(demo) {
          const refusal = await demo.as("dev").refused(listAuditEvents, { query: {} });
          holds(refusal.problem.code === "not_allowed", "dev may not read the log");
          const person = await atBrowser(demo.world.url, demo.people.auditor, { dark: true });
          try {
            await person.open("/audit?action=pull_request.merged");
            await person.page.getByRole("table").getByText("merged").first().waitFor();
            contains(await person.text(), "owner");
            const violations = await person.accessibility();
            holds(violations.length === 0, `axe finds nothing serious: ${violations.join("\n")}`);
          } finally {
            await person.close();
          }
        },
      },
    ],
  };
}

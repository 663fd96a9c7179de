import { listComments, listPullRequestPlans, mergePullRequest, severities } from "@plumbline/contract";
import { approve, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import { atBrowser } from "../world/browser.ts";
import type { Clone } from "../world/git.ts";
import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

const file = "components/database/main.tf";

/** Makes the example's database public and unencrypted, and opens it to the world. */
function openToTheWorld(text: string): string {
  return text
    .replace(/(public\s*=\s*)false/, "$1true")
    .replace(/(storage_encrypted\s*=\s*)true/, "$1false")
    .replace(/(cidr\s*=\s*)var\.network_cidr/, '$1"0.0.0.0/0"');
}

/** dev makes the database public, unencrypted and open to the world: it is found, explained, and cannot be merged. */
export function badChange(shared: { number?: number; clone?: Clone }): Story {
  const number = () => {
    if (shared.number === undefined) throw new Error("the change was not pushed");
    return shared.number;
  };
  return {
    title: "A bad change is stopped",
    steps: [
      {
        title: "dev pushes it with stock git; git prints the pull request's address; plans start",
        async run(demo) {
          const clone = await demo.clone("dev");
          const before = await clone.must("show", `HEAD:${file}`);
          const after = openToTheWorld(before);
          holds(after !== before, `${file} could be changed`);
          clone.write(file, after);
          await clone.commit("Let everybody reach the orders");
          shared.clone = clone;
          shared.number = await pushForReview(clone);
          const planned = await plansOf(demo.as("owner"), shared.number);
          const affected = planned.affected.map(({ workspace }) => workspace);
          holds(
            ["database/dev", "database/test"].every((name) => affected.includes(name)),
            `database in dev and test is affected: ${affected.join(", ")}`,
          );
          holds(!affected.some((name) => /\/(uat|prod)$/.test(name)), "uat and prod are pinned and stay untouched");
        },
      },
      {
        title: "three findings, critical or high, with rule, file and line, block it",
        async run(demo) {
          const seen = await pullRequest(demo.as("owner"), number());
          holds(seen.state === "blocked", `the pull request is blocked, not ${seen.state}`);
          const { items } = await demo
            .as("owner")
            .call(listPullRequestPlans, { params: { number: number() }, query: { workspace: "database/dev" } });
          const bad = items
            .flatMap(({ findings }) => findings)
            .filter(({ severity, outcome }) => outcome === "fail" && severities.indexOf(severity) <= 1);
          holds(bad.length >= 3, `three findings are critical or high: ${bad.map(({ rule }) => rule).join(", ")}`);
          holds(
            bad.every(({ place }) => place?.file === file && place.line > 0),
            `each has its line in ${file}: ${JSON.stringify(bad.map(({ place }) => place))}`,
          );
        },
      },
      {
        title: "one summary comment with table, plan, findings and what must happen next",
        async run(demo) {
          const { items } = await demo.as("owner").call(listComments, { params: { number: number() } });
          const summaries = items.filter(({ kind }) => kind === "summary");
          holds(summaries.length === 1, `there is one summary, not ${summaries.length}`);
          contains(summaries[0]?.body ?? "", "database/dev", "database/test", file, "critical");
        },
      },
      {
        title: "merging is refused with the reason, for everybody including administrators, also after approvals",
        async run(demo) {
          await approve(demo.as("owner"), number()).catch(() => undefined);
          for (const person of ["dev", "owner", "platform"] as const) {
            const refusal = await demo.as(person).refused(mergePullRequest, { params: { number: number() } });
            holds(refusal.status === 409 || refusal.status === 403, `${person} is refused: ${refusal.message}`);
          }
        },
      },
      {
        title: "the page says so: blocked, the findings, the merge button with its reason",
        async run(demo) {
          const person = await atBrowser(demo.world.url, demo.people.owner);
          try {
            await person.open(`/pull-requests/${number()}`);
            await person.page.getByText("Blocked").first().waitFor();
            contains(await person.text(), "database/dev", "critical");
            const mergeButton = person.page.getByRole("button", { name: /^Merge/ });
            holds(
              (await mergeButton.getAttribute("aria-disabled")) === "true",
              "the merge button is disabled and can be focused",
            );
            const violations = await person.accessibility();
            holds(violations.length === 0, `axe finds nothing serious: ${violations.join("\n")}`);
          } finally {
            await person.close();
          }
        },
      },
      {
        title: "pushed again, the same summary is edited",
        async run(demo) {
          const clone = shared.clone;
          if (clone === undefined) throw new Error("the change was not pushed");
          await clone.must("commit", "--quiet", "--amend", "--no-edit", "--date=now");
          holds((await pushForReview(clone)) === number(), "the push updates the same pull request");
          const planned = await plansOf(demo.as("owner"), number());
          holds(planned.patchSet === 2, `this is patch set 2, not ${planned.patchSet}`);
          const { items } = await demo.as("owner").call(listComments, { params: { number: number() } });
          holds(items.filter(({ kind }) => kind === "summary").length === 1, "there is still one summary");
        },
      },
    ],
  };
}

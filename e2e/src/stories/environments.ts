import { listRepositories, mergePullRequest, promote, setTicket, setVariable, getWorkspace } from "@plumbline/contract";
import { repositoryName } from "../demo/seed.ts";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import { holds } from "./story.ts";
import type { Story } from "./story.ts";

/** Environments are one template: what differs are values and pins, and promotion is a pull request. */
export function environmentsStory(shared: { commit?: string }): Story {
  return {
    title: "A change is promoted",
    steps: [
      {
        title: "a change of code reaches dev and test, which follow main, and not uat and prod, which have pins",
        async run(demo) {
          const clone = await demo.clone("dev");
          const file = "components/shop/variables.tf";
          const before = await clone.must("show", `HEAD:${file}`);
          const after = before.replace("shop:2.14.0", "shop:2.15.0");
          holds(after !== before, `${file} could be changed`);
          clone.write(file, after);
          await clone.commit("Run shop 2.15.0\n\nTicket: SHOP-4");
          const number = await pushForReview(clone);
          const planned = await plansOf(demo.as("owner"), number);
          const names = planned.affected.map(({ workspace }) => workspace).sort();
          holds(names.join() === "shop/dev,shop/test", `shop in dev and test is affected: ${names.join()}`);
          await approve(demo.as("owner"), number);
          await merge(demo.as("owner"), number);
          const done = await applied(demo.as("owner"), number);
          if (done.mergeCommit === null) throw new Error("the merge commit is missing");
          shared.commit = done.mergeCommit;
        },
      },
      {
        title: "promotion to uat moves its pin: approved by an owner, applied there only",
        async run(demo) {
          const opened = await demo.as("dev").call(promote, {
            body: {
              repository: repositoryName,
              environments: ["uat"],
              ...(shared.commit === undefined ? {} : { commit: shared.commit }),
              label: "2026.47",
            },
          });
          holds(opened.purpose === "promotion", "it is a promotion");
          const planned = await plansOf(demo.as("owner"), opened.number);
          holds(
            planned.affected.every(({ environment }) => environment === "uat"),
            "only uat is affected",
          );
          await approve(demo.as("owner"), opened.number);
          await merge(demo.as("owner"), opened.number);
          await applied(demo.as("owner"), opened.number, [demo.as("owner")]);
          const { items } = await demo.as("owner").call(listRepositories, {});
          const uat = items[0]?.environments.find(({ name }) => name === "uat");
          holds(uat?.pin?.ref === shared.commit, `uat is pinned to ${shared.commit}: ${JSON.stringify(uat?.pin)}`);
        },
      },
      {
        title: "prod demands a ticket and two approvals",
        async run(demo) {
          const opened = await demo.as("dev").call(promote, {
            body: {
              repository: repositoryName,
              environments: ["prod"],
              ...(shared.commit === undefined ? {} : { commit: shared.commit }),
              label: "2026.47",
            },
          });
          const number = opened.number;
          const planned = await plansOf(demo.as("owner"), number);
          holds(
            planned.gate.some(({ kind, met }) => kind === "ticket" && !met),
            "the gate asks for a ticket",
          );
          await approve(demo.as("owner"), number);
          const refusal = await demo.as("owner").refused(mergePullRequest, { params: { number } });
          holds(
            refusal.problem.code === "merge_refused",
            `one approval and no ticket are not enough: ${refusal.message}`,
          );
          await demo.as("dev").call(setTicket, { params: { number }, body: { ticket: "SHOP-5" } });
          const still = await demo.as("owner").refused(mergePullRequest, { params: { number } });
          holds(still.problem.code === "merge_refused", `one approval is not enough: ${still.message}`);
          await approve(demo.as("owner2"), number);
          await merge(demo.as("owner2"), number);
          await applied(demo.as("owner"), number, [demo.as("owner"), demo.as("owner2")]);
          const services = await demo.lab.list("prod", "service");
          holds(JSON.stringify(services).includes("2.15.0"), `prod runs shop 2.15.0: ${JSON.stringify(services)}`);
        },
      },
      {
        title: "a new version of a sealed variable is used by nobody until its pull request is merged",
        async run(demo) {
          const { version, pullRequest } = await demo.as("dev").call(setVariable, {
            body: {
              repository: repositoryName,
              environment: "dev",
              component: "database",
              name: "admin_password",
              value: "a-new-password-for-dev",
            },
          });
          holds(version === 2 && pullRequest !== null, "version 2 is stored and a pull request is open");
          if (pullRequest === null) return;
          const planned = await plansOf(demo.as("owner"), pullRequest.number);
          holds(
            planned.affected.some(({ workspace }) => workspace === "database/dev"),
            "database/dev is planned",
          );
          holds(!JSON.stringify(planned).includes("a-new-password"), "the value is nowhere on the pull request");
          await approve(demo.as("owner"), pullRequest.number);
          await merge(demo.as("owner"), pullRequest.number);
          await applied(demo.as("owner"), pullRequest.number, [demo.as("owner")]);
          const workspace = await demo.as("owner").call(getWorkspace, { params: { workspace: "database/dev" } });
          holds(
            workspace.sealedVariables.some((one) => one.name === "admin_password" && one.version === 2),
            "version 2 is in use",
          );
        },
      },
    ],
  };
}

import { acceptTool, getRun, listPullRequestPlans, listTools, withdrawTool } from "@plumbline/contract";
import type { PullRequest, Tool } from "@plumbline/contract";
import { holds } from "../stories/story.ts";
import { applied, approve, merge, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import type { LabWorld } from "../world/lab-world.ts";
import { until } from "../world/wait.ts";
import { plumblineYaml, repository } from "./tofu-story.ts";

/** Two components of one repository on different engines, and an engine that nobody has accepted. */
export function twoEnginesStory(): { title: string; run(lab: LabWorld): Promise<void> }[] {
  return [
    {
      title: "a component of the same repository runs on terraform, by its own constraint",
      async run(lab) {
        const clone = await lab.clone("dev", repository);
        clone.write("components/notes/main.tf", 'resource "terraform_data" "note" {\n  input = "by terraform"\n}\n');
        clone.write("components/notes/main.tofu", 'resource "terraform_data" "note" {\n  input = "by tofu"\n}\n');
        clone.write("plumbline.yaml", withNotes('{ name: terraform, version: "~> 1.5" }'));
        await clone.commit("Take notes");
        const number = await pushForReview(clone);
        await plansOf(lab.as("owner"), number);
        await approve(lab.as("owner"), number);
        await merge(lab.as("owner"), number);
        const done = await applied(lab.as("owner"), number, [lab.as("owner")]);
        holds((await engineOf(lab, done, "notes/dev")) === "terraform", "terraform planned it");
        const plans = await lab.as("owner").call(listPullRequestPlans, { params: { number }, query: {} });
        holds(JSON.stringify(plans.items[0]?.plan).includes("by terraform"), "it read its own file");
      },
    },
    {
      title:
        "moved to an engine version that nobody has accepted, the pull request says so at once and waits for nobody",
      async run(lab) {
        const clone = await lab.clone("dev", repository);
        clone.write("plumbline.yaml", withNotes('{ name: tofu, version: "~> 9.1" }'));
        await clone.commit("Want the future");
        const number = await pushForReview(clone);
        const seen = await plansOf(lab.as("owner"), number);
        const plans = seen.gate.find(({ kind }) => kind === "plans");
        holds(plans?.met === false, "it cannot be merged");
        const reason = 'notes/dev: nobody has accepted a tofu that satisfies "~> 9.1"; accepted: ';
        holds(plans.detail.startsWith(reason), `it says why: ${plans.detail}`);
        holds(seen.state !== "planning", `nobody waits for a plan: ${seen.state}`);
      },
    },
    {
      title: "an engine that is withdrawn is used no more; accepted again, what waited goes on by itself",
      async run(lab) {
        const tool = await terraformOf(lab);
        await lab.as("platform").call(withdrawTool, { params: { hash: tool.sha256 } });
        const clone = await lab.clone("dev", repository);
        clone.write("components/notes/main.tf", 'resource "terraform_data" "note" {\n  input = "again"\n}\n');
        await clone.commit("Take other notes");
        const number = await pushForReview(clone);
        const waiting = await plansOf(lab.as("owner"), number);
        const detail = waiting.gate.find(({ kind }) => kind === "plans")?.detail ?? "";
        holds(detail.includes(`runner lab has ${tool.version}`), `it says who has one: ${detail}`);
        const { name, version, platform, sha256, source, archive } = tool;
        const body = { name, version, platform, sha256, source, archive };
        await lab.as("platform").call(acceptTool, { body });
        const planned = await until("the plan", async () => {
          const seen = await pullRequest(lab.as("owner"), number);
          return seen.affected[0]?.runStatus === "finished" ? seen : undefined;
        });
        holds((await engineOf(lab, planned, "notes/dev")) === "terraform", "terraform planned it");
      },
    },
  ];
}

function withNotes(engine: string): string {
  return plumblineYaml(`
  network: { path: components/network, layer: platform }
  archive: { path: components/archive, layer: platform }
  notes: { path: components/notes, layer: platform, engine: ${engine} }`);
}

async function terraformOf(lab: LabWorld): Promise<Tool> {
  const { items } = await lab.as("platform").call(listTools, {});
  const tool = items.find(({ name, withdrawnAt }) => name === "terraform" && withdrawnAt === null);
  holds(tool !== undefined, "terraform is accepted");
  return tool;
}

async function engineOf(lab: LabWorld, seen: PullRequest, workspace: string): Promise<string> {
  const { run } = seen.affected.find((one) => one.workspace === workspace) ?? {};
  return (await lab.as("owner").call(getRun, { params: { number: run ?? 0 } })).engine.name;
}

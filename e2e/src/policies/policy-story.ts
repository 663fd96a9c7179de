import {
  createRepository,
  getReplay,
  getRun,
  getRunLog,
  listChangedFiles,
  listComments,
  listKnownFindings,
  listPullRequestPlans,
  mergePullRequest,
  setPolicyRepository,
} from "@plumbline/contract";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { approve, merge, plansOf, pullRequest, pushForReview } from "../world/acts.ts";
import { atBrowser } from "../world/browser.ts";
import { until } from "../world/wait.ts";
import { contains, holds } from "../stories/story.ts";
import { code, plumblineYaml, workspace } from "./policy-world.ts";
import type { PolicyWorld } from "./policy-world.ts";

/** A step of the story; each builds on the ones before. */
interface PolicyStep {
  title: string;
  run(world: PolicyWorld): Promise<void>;
}

const rego = `package buckets

import rego.v1

deny contains message if {
	input.resource_type == "lab_bucket"
	not input.planned_values.versioning
	message := sprintf("the bucket %s keeps no versions", [input.planned_values.name])
}
`;

function regoTest(expected: number): string {
  return `package buckets_test

import rego.v1

import data.buckets

test_a_bucket_without_versions_is_denied if {
	count(buckets.deny) == ${expected} with input as {"resource_type": "lab_bucket", "planned_values": {"name": "x"}}
}
`;
}

/** A replay that is over. */
function replayOf(world: PolicyWorld, number: number) {
  return until(`the replay of #${number}`, async () => {
    const seen = await world.lab.as("owner").call(getReplay, { params: { number } });
    return seen.state === "done" ? seen : undefined;
  });
}

/** A condition of the gate, once nothing of it is under way any more. */
async function condition(world: PolicyWorld, number: number, id: string) {
  const { gate } = await pullRequest(world.lab.as("owner"), number);
  const found = gate.find((one) => one.id === id);
  if (found === undefined) throw new Error(`#${number} has no condition ${id}: ${JSON.stringify(gate)}`);
  return found;
}

/** Policies that change, policies of the organization, secrets, fixes, and what is known only after apply. */
export function policyStory(): PolicyStep[] {
  return [
    {
      title: "policies whose own test fails are not merged: the test, its file and line are named; mended, they are",
      async run(world) {
        const owner = world.lab.as("owner");
        const clone = await world.clone();
        clone.write("policies/buckets.rego", rego);
        clone.write("policies/buckets_test.rego", regoTest(2));
        const number = await world.propose(clone, "versions", "Deny buckets without versions");
        const [judged] = (await replayOf(world, number)).workspaces;
        holds(judged?.state === "not_judged", `its policies are not tried on: ${JSON.stringify(judged)}`);
        contains(judged.detail ?? "", "test_a_bucket_without_versions_is_denied", "policies/buckets_test.rego", "7");
        holds(!(await condition(world, number, "policies")).met, "the gate says that its tests fail");
        await approve(owner, number);
        const refusal = await owner.refused(mergePullRequest, { params: { number } });
        contains(refusal.message, "tests pass");

        clone.write("policies/buckets_test.rego", regoTest(1));
        await clone.must("commit", "--quiet", "--all", "--amend", "--no-edit");
        holds((await pushForReview(clone, { topic: "versions" })) === number, "the same pull request is pushed again");
        await plansOf(owner, number);
        await until("the gate is met", async () =>
          (await condition(world, number, "policies")).met ? true : undefined,
        );
        holds(
          (await replayOf(world, number)).workspaces.every(({ state }) => state === "judged"),
          "the plan is judged by the mended policies",
        );
        await approve(owner, number);
        await merge(owner, number);
      },
    },
    {
      title: "the organization's policies judge another repository, which cannot take them back",
      async run(world) {
        const { lab } = world;
        await lab.as("platform").call(createRepository, { body: { name: "company-policies" } });
        const seed = await lab.clone("platform", "company-policies");
        seed.write("CODEOWNERS", "* @owner\n");
        seed.write("plumbline.yaml", plumblineYaml("{}", "terraform"));
        seed.write("environments/dev/environment.yaml", "approvals: 1\n");
        seed.write(
          "policies/plumbline-policy.yaml",
          "version: 1\nblock: [medium]\nrules: { lab-bucket-encrypted: critical }\n",
        );
        seed.write(
          "policies/names.rego",
          rego
            .replace("package buckets", "package names")
            .replace("not input.planned_values.versioning", 'startswith(input.planned_values.name, "tmp")')
            .replace("keeps no versions", "is only for a while"),
        );
        await seed.commit("Set the organization's policies");
        await seed.must("push", "origin", "HEAD:refs/heads/main");

        const early = await world.clone();
        early.write(
          "components/shop/early.tf",
          'resource "lab_bucket" "early" {\n  name       = "tmp-early"\n  encrypted  = true\n  versioning = true\n}\n',
        );
        const merged = await world.propose(early, "early", "Keep something early");
        await approve(lab.as("owner"), merged);
        await lab.withoutRunner(async () => {
          await merge(lab.as("owner"), merged);
          await lab.as("platform").call(setPolicyRepository, { body: { repository: "company-policies" } });
        });
        const held = await until("the apply is held", async () => {
          const seen = await pullRequest(lab.as("owner"), merged);
          return seen.state === "held" ? (seen.affected[0]?.applyRun ?? undefined) : undefined;
        });
        const { reason } = await lab.as("owner").call(getRun, { params: { number: held } });
        contains(reason ?? "", "1 blocking finding by policies that came to main after it was approved");
        holds((await lab.lab.list("dev", "bucket")).length === 1, "the lab has nothing of it");
        await early.must("rm", "--quiet", "components/shop/early.tf");
        await world.carryThrough(await world.propose(early, "late-again", "Keep nothing early"));

        const weaker = await world.clone();
        weaker.write("policies/plumbline-policy.yaml", "version: 1\nrules: { lab-bucket-encrypted: off }\n");
        weaker.write("policies/names.rego", "package names\n");
        const weakening = await world.propose(weaker, "weaker", "Say less");
        await replayOf(world, weakening);
        await approve(lab.as("owner"), weakening);
        await merge(lab.as("owner"), weakening);

        const clone = await world.clone();
        clone.write(
          code,
          `${world.read(clone, code)}
resource "lab_bucket" "drafts" {
  name       = "tmp-drafts"
  encrypted  = false
  versioning = true
}
`,
        );
        const number = await world.propose(clone, "drafts", "Keep drafts");
        const blocking = (await world.findingsOf(number)).filter(({ standing }) => standing?.blocks === true);
        const rules = blocking.map(({ rule, severity }) => `${rule} ${severity}`);
        holds(rules.includes("lab-bucket-encrypted critical"), `the rule is on, and critical: ${rules.join(", ")}`);
        holds(
          blocking.some(({ source, title }) => source === "rego" && title.includes("only for a while")),
          `the organization's Rego denies it: ${JSON.stringify(blocking.map(({ title }) => title))}`,
        );
        const refusal = await lab.as("platform").refused(mergePullRequest, { params: { number } });
        contains(refusal.message, "block");
      },
    },
    {
      title: "a change cannot bring the leave that it needs: policy, waiver and owners of its own count for nothing",
      async run(world) {
        const clone = await world.clone();
        clone.write(code, world.read(clone, code).replace("public     = false", "public     = true"));
        clone.write("policies/plumbline-policy.yaml", "version: 1\nrules: { lab-bucket-public: off }\n");
        const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
        clone.write(
          "policies/waivers.yaml",
          `version: 1\nwaivers:\n  - { rule: "*", address: "*", environment: "*", reason: r, owner: "@dev", ticket: S-1, expires: ${expires} }\n`,
        );
        clone.write("CODEOWNERS", "* @dev\n");
        const number = await world.propose(clone, "leave", "Show the pictures, and allow it");
        const { gate } = await pullRequest(world.lab.as("owner"), number);
        holds(
          gate.some(({ id, met, who }) => id.startsWith("owner:") && !met && !who.includes("dev")),
          `main's owners are asked: ${JSON.stringify(gate)}`,
        );
        await until("the finding blocks", async () =>
          (await condition(world, number, "findings")).met ? undefined : true,
        );
        const refusal = await world.lab.as("platform").refused(mergePullRequest, { params: { number } });
        contains(refusal.message, "No finding blocks");
      },
    },
    {
      title: "a change of the organization's policies shows what it would do in the other repository",
      async run(world) {
        const clone = await world.clone("company-policies");
        clone.write(
          "policies/pictures.rego",
          rego
            .replace("package buckets", "package pictures")
            .replace("not input.planned_values.versioning", 'contains(input.planned_values.name, "pictures")')
            .replace("keeps no versions", "shows pictures"),
        );
        const number = await world.propose(clone, "pictures", "Deny pictures");
        const replay = await replayOf(world, number);
        holds(
          replay.workspaces.some(({ workspace: name, state }) => name === `shop: ${workspace}` && state === "judged"),
          `the shop's plan is judged: ${JSON.stringify(replay.workspaces)}`,
        );
        holds(
          replay.findings.some(
            ({ title, workspace: name }) => title.includes("shows pictures") && name.includes(workspace),
          ),
          `what it would find is told: ${JSON.stringify(replay.findings)}`,
        );
        await until("the summary", async () => {
          const { items } = await world.lab.as("owner").call(listComments, { params: { number } });
          const { body = "" } = items.find(({ kind }) => kind === "summary") ?? {};
          return body.includes("What these policies would do") && body.includes("shows pictures") ? true : undefined;
        });
      },
    },
    {
      title: "a secret in a template, in values and in a heredoc is found, and stands nowhere but in Git",
      async run(world) {
        const owner = world.lab.as("owner");
        const clone = await world.clone();
        const secrets = {
          template: "AKIAQYLPMN5HHHFPZAM2",
          heredoc: "glpat-Zx81kfQ2mVbT7wYpLs9d",
          values: "sk_live_4eC39HqLyjWDarjtT1zdp7dcQm8v2XkR",
        };
        clone.write("components/shop/templates/app.tpl", `region = eu\naws_access_key_id = ${secrets.template}\n`);
        clone.write("environments/dev/shop.tfvars", `bucket = "shop-pictures" # ${secrets.values}\n`);
        clone.write(
          "components/shop/app.tf",
          `resource "terraform_data" "app" {
  input = templatefile("\${path.module}/templates/app.tpl", {})
}

resource "terraform_data" "start" {
  input = <<-EOT
    #!/bin/sh
    git clone https://${secrets.heredoc}@git.example.com/shop
  EOT
}
`,
        );
        const number = await world.propose(clone, "secrets", "Configure the shop");
        const seen = await pullRequest(owner, number);
        holds(seen.state === "blocked", `it is blocked, not ${seen.state}: ${seen.sentence}`);
        const found = (await world.findingsOf(number)).filter(({ category }) => category === "secrets");
        const places = found.map(({ place }) => `${place?.file}:${place?.line}`);
        for (const place of [
          "components/shop/templates/app.tpl:2",
          "environments/dev/shop.tfvars:1",
          "components/shop/app.tf:8",
        ])
          holds(places.includes(place), `one is at ${place}: ${JSON.stringify(found)}`);
        holds(
          found.every(({ standing }) => standing?.blocks === true),
          "each of them blocks",
        );

        const run = seen.affected.find((one) => one.workspace === workspace)?.run ?? 0;
        const told = [
          await owner.call(listChangedFiles, { params: { number } }),
          found,
          seen,
          await owner.call(listComments, { params: { number } }),
          await owner.call(getRun, { params: { number: run } }),
          await owner.call(getRunLog, { params: { number: run }, query: {} }),
          await owner.call(listPullRequestPlans, { params: { number }, query: {} }),
        ].map((one) => JSON.stringify(one));
        const person = await atBrowser(world.lab.world.url, world.lab.people.owner);
        try {
          await person.open(`/pull-requests/${number}`);
          await person.page.getByText("Blocked").first().waitFor();
          told.push(await person.page.content());
          await person.open(`/runs/${run}`);
          told.push(await person.page.content());
        } finally {
          await person.close();
        }
        const logs = join(world.lab.world.folder, "logs");
        for (const name of readdirSync(logs)) told.push(readFileSync(join(logs, name), "utf8"));
        for (const [where, secret] of Object.entries(secrets))
          holds(
            told.every((text) => !text.includes(secret)),
            `the secret of the ${where} is shown nowhere: ${told.find((text) => text.includes(secret))?.slice(0, 2_000)}`,
          );
      },
    },
    {
      title: "a mechanical fix stands on the line, as a patch; applied by hand, the finding is gone",
      async run(world) {
        const owner = world.lab.as("owner");
        const clone = await world.clone();
        const before = world.read(clone, code);
        clone.write(code, before.replace("encrypted  = true", "encrypted  = false"));
        const number = await world.propose(clone, "plain", "Do not encrypt the pictures");
        const [finding] = (await world.findingsOf(number)).filter(({ rule }) => rule === "lab-bucket-encrypted");
        const { patch } = finding ?? {};
        if (patch === undefined) throw new Error(`the finding has no patch: ${JSON.stringify(finding)}`);
        const comments = await until("the comment", async () => {
          const { items } = await owner.call(listComments, { params: { number } });
          return items.some(({ kind }) => kind === "finding") ? items : undefined;
        });
        const onLine = comments.find(({ kind }) => kind === "finding");
        holds(onLine?.file === code && onLine.line === 4, `it is on the line: ${JSON.stringify(onLine)}`);
        contains(onLine.body, "-  encrypted  = false", "+  encrypted  = true");
        contains(comments.find(({ kind }) => kind === "summary")?.body ?? "", "+  encrypted  = true");
        const person = await atBrowser(world.lab.world.url, world.lab.people.owner);
        try {
          await person.open(`/pull-requests/${number}`);
          await person.page.getByText("encrypted = true", { exact: false }).first().waitFor();
        } finally {
          await person.close();
        }
        const lines = world.read(clone, patch.file).split("\n");
        holds(
          lines.slice(patch.startLine - 1, patch.startLine - 1 + patch.before.length).join() === patch.before.join(),
          `the patch is for these lines: ${JSON.stringify(patch)}`,
        );
        lines.splice(patch.startLine - 1, patch.before.length, ...patch.lines);
        clone.write(patch.file, lines.join("\n"));
        holds(world.read(clone, code) === before, "it is as it was");
        clone.write(code, before.replace("versioning = true", "versioning = true # as the law says"));
        await clone.must("commit", "--quiet", "--all", "--amend", "--no-edit");
        await pushForReview(clone, { topic: "plain" });
        await plansOf(owner, number);
        holds(
          (await world.findingsOf(number)).every(({ rule }) => rule !== "lab-bucket-encrypted"),
          "the finding is gone",
        );
      },
    },
    {
      title: "what is known only after apply lets the change pass, is judged then, and opens with owner and date",
      async run(world) {
        const { lab } = world;
        const clone = await world.clone();
        clone.write(
          "components/shop/late.tf",
          `resource "lab_bucket" "audience" {
  name       = "shop-audience"
  encrypted  = true
  versioning = true
}

resource "lab_bucket" "late" {
  name       = "shop-late"
  public     = lab_bucket.audience.url != ""
  encrypted  = true
  versioning = true
}
`,
        );
        const number = await world.propose(clone, "late", "Decide later who sees it");
        const [unknown] = (await world.findingsOf(number)).filter(({ rule }) => rule === "lab-bucket-public");
        holds(
          unknown?.outcome === "unknown" && unknown.standing?.blocks !== true,
          `it is known only after apply: ${JSON.stringify(unknown)}`,
        );
        await world.carryThrough(number);
        const known = await until("the finding of what is applied", async () => {
          const { items } = await lab.as("auditor").call(listKnownFindings, { query: { workspace, limit: 50 } });
          return items.find(({ rule }) => rule === "lab-bucket-public");
        });
        holds(
          known.address === "lab_bucket.late" && known.owners.includes("@owner") && known.dueAt !== null,
          `it has owner and date: ${JSON.stringify(known)}`,
        );
        const [judged] = (await world.findingsOf(number)).filter(({ rule }) => rule === "lab-bucket-public");
        holds(judged?.applied === "failed", `the pull request says so: ${JSON.stringify(judged)}`);
      },
    },
  ];
}

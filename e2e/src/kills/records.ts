import { createRepository, getPullRequest, getRun, getWorkspace, listRuns } from "@plumbline/contract";
import type { Run, RunStatus, RunSummary } from "@plumbline/contract";
import { approve, describe, merge, plansOf, pushForReview } from "../world/acts.ts";
import { holds } from "../stories/story.ts";
import { until } from "../world/wait.ts";
import type { KillWorld } from "./kill-world.ts";

const repository = "records";

/** The components: each keeps DNS records in the lab cloud, and has one workspace, in dev. */
export const components = ["one", "two"] as const;
export type Component = (typeof components)[number];

/** What a component's workspace is to hold: so many records, all with this value. */
export interface Records {
  count: number;
  value: string;
}

const code = `terraform {
  required_version = ">= 1.6"
  required_providers {
    lab = {
      source  = "plumbline.internal/lab/lab"
      version = "0.1.0"
    }
  }
}

provider "lab" {}

variable "zone" {
  type        = string
  description = "What the records are called after"
}

variable "records" {
  type        = number
  description = "How many there are"
}

variable "value" {
  type        = string
  description = "What all of them say"
}

resource "lab_dns_record" "record" {
  count = var.records
  name  = "\${var.zone}-\${count.index}.example.com"
  type  = "TXT"
  value = var.value
}
`;

/** Pushes the rules, and rolls both components out. */
export async function rollOut(world: KillWorld): Promise<void> {
  await world.as("platform").call(createRepository, { body: { name: repository } });
  const rules = await world.clone("platform", repository);
  rules.write("CODEOWNERS", "* @owner @owner2\n");
  rules.write("environments/dev/environment.yaml", "approvals: 1\ncredentials: dev\n");
  rules.write("plumbline.yaml", plumblineYaml(world.engine, []));
  await rules.commit("Set the rules");
  await rules.must("push", "origin", "HEAD:refs/heads/main");
  const clone = await world.clone("dev", repository);
  clone.write("plumbline.yaml", plumblineYaml(world.engine, components));
  for (const component of components) {
    clone.write(`components/${component}/main.tf`, code);
    clone.write(`components/${component}/.terraform.lock.hcl`, world.lockFile);
    clone.write(valuesFile(component), valuesOf(component, { count: 2, value: "first" }));
  }
  await clone.commit("Roll out the records");
  const number = await pushForReview(clone);
  await mergeApproved(world, number);
  await settled(world, number);
}

/** dev proposes other records, on top of main; answers the pull request once it is planned. */
export async function propose(world: KillWorld, wanted: Partial<Record<Component, Records>>): Promise<number> {
  const clone = await world.clone("dev", repository);
  const entries = components.flatMap((component) => {
    const records = wanted[component];
    return records === undefined ? [] : [{ component, records }];
  });
  for (const { component, records } of entries) clone.write(valuesFile(component), valuesOf(component, records));
  const title = entries.map(({ component, records }) => `${component}: ${records.count} ${records.value}`).join(", ");
  await clone.commit(`Set ${title}`);
  const topic = `t${Date.now().toString(36)}`;
  const number = await pushForReview(clone, { topic });
  await plansOf(world.as("owner"), number);
  return number;
}

/** Waits for the plans, approves them as owner, merges. */
export async function mergeApproved(world: KillWorld, number: number): Promise<void> {
  await plansOf(world.as("owner"), number);
  await approve(world.as("owner"), number);
  await merge(world.as("owner"), number);
}

/** Proposes, approves, merges; answers the pull request, whose applies now go. */
export async function change(world: KillWorld, wanted: Partial<Record<Component, Records>>): Promise<number> {
  const number = await propose(world, wanted);
  await mergeApproved(world, number);
  return number;
}

/** The apply run of a merged pull request in one workspace. */
export async function applyRun(world: KillWorld, number: number, component: Component): Promise<Run> {
  const run = await until(`an apply run of #${number} in ${component}/dev`, async () => {
    const { items } = await world.as("owner").call(listRuns, { query: { pullRequest: number, kind: "apply" } });
    return items.find((one: RunSummary) => one.component === component);
  });
  return world.as("owner").call(getRun, { params: { number: run.number } });
}

/** Waits until an apply has one of these statuses. */
export function runIs(
  world: KillWorld,
  number: number,
  component: Component,
  statuses: readonly RunStatus[],
  seconds = 60,
): Promise<Run> {
  return until(
    `the apply of #${number} in ${component}/dev is ${statuses.join(" or ")}`,
    async () => {
      const run = await applyRun(world, number, component);
      return statuses.includes(run.status) ? run : undefined;
    },
    { seconds, state: () => describe(world.as("owner"), number) },
  );
}

/** Waits until the engine has told of this many resources that it began with or has done. */
export function applying(world: KillWorld, number: number, component: Component): Promise<Run> {
  return until(
    `the apply of #${number} in ${component}/dev has begun`,
    async () => {
      const run = await applyRun(world, number, component);
      return run.status === "running" && run.phase === "apply" ? run : undefined;
    },
    { seconds: 60, state: () => describe(world.as("owner"), number) },
  );
}

/** Waits until everything of it is applied. */
export async function settled(world: KillWorld, number: number): Promise<void> {
  await until(
    `#${number} is applied`,
    async () =>
      (await world.as("owner").call(getPullRequest, { params: { number } })).state === "applied" ? true : undefined,
    { seconds: 90, state: () => describe(world.as("owner"), number) },
  );
}

/** Why the workspace is frozen; null where it is not. */
export async function frozen(world: KillWorld, component: Component): Promise<string | null> {
  const { frozen: said } = await world.as("owner").call(getWorkspace, { params: { workspace: `${component}/dev` } });
  return said?.reason ?? null;
}

/**
 * Waits until it is applied in this workspace, approving the plan where it is held: what was planned over another state,
 * or after an unknown end, is planned anew.
 */
export async function settledOrApproved(world: KillWorld, number: number, component: Component): Promise<void> {
  const run = await runIs(world, number, component, ["held", "finished"]);
  if (run.status === "held") await approve(world.as("owner"), number);
  await settled(world, number);
}

/** Makes this many calls to the cloud slow that make or change a record. */
export async function slow(
  world: KillWorld,
  method: "POST" | "PATCH",
  calls: number,
  milliseconds: number,
): Promise<void> {
  await world.lab.fault({ kind: "dns_record", method, calls, delay_ms: milliseconds });
}

/** Throws unless the cloud has exactly these records of the component. */
export async function cloudHas(world: KillWorld, component: Component, { count, value }: Records): Promise<void> {
  const wanted = Array.from({ length: count }, (_, index) => `${component}-${index}.example.com ${value}`);
  const all = await world.lab.list("dev", "dns_record");
  const are = all.map((one) => `${String(one["name"])} ${String(one["value"])}`);
  const mine = are.filter((text) => text.startsWith(`${component}-`)).toSorted();
  holds(mine.join() === wanted.toSorted().join(), `the cloud has ${wanted.join()}, not ${mine.join()}`);
}

function valuesFile(component: Component): string {
  return `environments/dev/${component}.tfvars`;
}

function valuesOf(component: Component, { count, value }: Records): string {
  return `zone    = "${component}"\nrecords = ${count}\nvalue   = "${value}"\n`;
}

function plumblineYaml(engine: string, names: readonly string[]): string {
  const declared = names.map((name) => `  ${name}: { path: components/${name}, layer: platform }\n`).join("");
  return `version: 1
layers: [platform]
components:${names.length === 0 ? " {}\n" : `\n${declared}`}environments: [dev]
engine: { name: ${engine}, version: ">= 1.6" }
`;
}

import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import {
  changePerson,
  createPerson,
  createRepository,
  createToken,
  listPeople,
  listPullRequests,
  listRepositories,
  listVariables,
  promote,
  retryRun,
  setCredential,
  setVariable,
} from "@plumbline/contract";
import type { PullRequest, PullRequestSummary } from "@plumbline/contract";
import { applied, approve, merge, plansOf, pushForReview } from "../world/acts.ts";
import type { AccountKey } from "@plumbline/lab/cloud/account-keys";
import { signInWithPassword } from "../world/api.ts";
import type { ApiClient } from "../world/api.ts";
import { cloneRepository } from "../world/git.ts";
import { demoPeople } from "../world/people.ts";
import { root } from "../world/world.ts";
import type { World } from "../world/world.ts";

export const repositoryName = "shop-infrastructure";
const environments = ["dev", "test", "uat", "prod"];

/** A person of the demo with what he signs in with. */
export interface DemoAccount {
  name: string;
  email: string;
  roles: string[];
  password: string;
  token: string;
}

/** Adds the demo's people; answers what each signs in with. */
export async function seedPeople(world: World): Promise<DemoAccount[]> {
  const administrator = await world.administrator();
  const there = new Set((await administrator.call(listPeople, {})).items.map(({ name }) => name));
  const accounts: DemoAccount[] = [];
  for (const person of demoPeople) {
    const first = person.name === "platform";
    const password = first ? world.password : randomBytes(12).toString("base64url");
    if (first) await administrator.call(changePerson, { params: { name: person.name }, body: { roles: person.roles } });
    else if (there.has(person.name))
      await administrator.call(changePerson, { params: { name: person.name }, body: { password } });
    else
      await administrator.call(createPerson, {
        body: {
          name: person.name,
          displayName: person.displayName,
          email: person.email,
          password,
          roles: person.roles,
          addresses: [],
        },
      });
    const session = world.as(await signInWithPassword(world.url, person.name, password));
    const { token } = await session.call(createToken, { body: { name: "demo", scopes: ["all"], expiresInDays: 90 } });
    accounts.push({
      name: person.name,
      email: person.email,
      roles: person.roles.map(({ role }) => role),
      password,
      token,
    });
  }
  return accounts;
}

/** Stores what runs need to reach the lab cloud: a reading key for plans, a writing one for applies. */
export async function seedCredentials(
  administrator: ApiClient,
  labEndpoint: string,
  keys: readonly AccountKey[],
): Promise<void> {
  for (const environment of environments)
    for (const [phase, rights] of [
      ["plan", "read"],
      ["apply", "write"],
    ] as const) {
      const key = keys.find((one) => one.accounts.includes(environment) && one.rights === rights);
      if (key === undefined) throw new Error(`the lab cloud has no ${rights} key for ${environment}`);
      await administrator.call(setCredential, {
        params: { name: environment, phase },
        body: { variables: { LAB_ENDPOINT: labEndpoint, LAB_ACCOUNT: environment, LAB_TOKEN: key.token } },
      });
    }
}

/** What the example holds of rules; the rest comes by the first pull request. */
const rules = ["CODEOWNERS", "policies"];

/**
 * Creates the repository and pushes the rules to main, once, as an administrator may while it is empty. What an
 * interrupted start did already is left as it is.
 */
export async function seedRepository(world: World, people: readonly DemoAccount[], engine: string): Promise<void> {
  const { platform, dev } = byName(people);
  const { items } = await world.as(platform).call(listRepositories, {});
  const there = items.find(({ name }) => name === repositoryName);
  if (there === undefined) await world.as(platform).call(createRepository, { body: { name: repositoryName } });
  if (there !== undefined && there.headCommit !== null) return;
  const set = await world.as(dev).call(listVariables, { query: { repository: repositoryName } });
  for (const environment of environments.filter((name) => !set.items.some((one) => one.environment === name)))
    await world.as(dev).call(setVariable, {
      body: {
        repository: repositoryName,
        environment,
        component: "database",
        name: "admin_password",
        value: randomBytes(18).toString("base64url"),
      },
    });
  const clone = await cloneRepository(join(world.folder, "clones/seed"), world.gitUrl(repositoryName), platform);
  for (const path of rules) copyFromExample(clone.folder, path);
  for (const environment of environments) {
    const file = `environments/${environment}/environment.yaml`;
    clone.write(file, withoutComponentIntervals(readFileSync(example(file), "utf8")));
  }
  clone.write("plumbline.yaml", withoutComponents(examplePlumblineYaml(engine)));
  await clone.commit("Set the rules\n\nLayers, order of environments, owners and policies.");
  await clone.must("push", "origin", "HEAD:refs/heads/main");
}

const rollOutTitle = "Roll out network, database and shop";
const pinTitle = "Pin uat and prod";

/** A pull request of an interrupted start, so that it goes on with that one. */
async function begun(world: World, person: DemoAccount, title: string): Promise<PullRequestSummary | undefined> {
  const { items } = await world.as(person).call(listPullRequests, { query: { limit: 200 } });
  return items.find((one) => one.title === title && one.status !== "closed");
}

/** Pull request 1: dev rolls everything out; owner and owner2 approve, also what waited and was planned later. */
export async function rollOut(
  world: World,
  people: readonly DemoAccount[],
  engine: string,
  say: (text: string) => void,
): Promise<string> {
  const { dev } = byName(people);
  const earlier = await begun(world, dev, rollOutTitle);
  const number = earlier?.number ?? (await pushRollOut(world, dev, engine));
  say(`pull request #${number} by dev: 12 workspaces are planned`);
  const done = await carryThrough(world, people, number, () =>
    say(
      `#${number} is merged and applied, environment by environment; owner and owner2 approve what was planned later`,
    ),
  );
  if (done.mergeCommit === null) throw new Error(`#${number} has no merge commit`);
  return done.mergeCommit;
}

async function pushRollOut(world: World, dev: DemoAccount, engine: string): Promise<number> {
  const clone = await cloneRepository(join(world.folder, "clones/dev"), world.gitUrl(repositoryName), dev);
  cpSync(example(), clone.folder, { recursive: true });
  clone.write("plumbline.yaml", examplePlumblineYaml(engine));
  await clone.commit(`${rollOutTitle}\n\nThe first version of everything, in all environments.\n\nTicket: SHOP-1`);
  return pushForReview(clone);
}

/** Pull request 2: uat and prod get their pins. */
export async function pinEnvironments(
  world: World,
  people: readonly DemoAccount[],
  commit: string,
  say: (text: string) => void,
): Promise<void> {
  const { dev } = byName(people);
  const body = {
    repository: repositoryName,
    environments: ["uat", "prod"],
    commit,
    label: "2026.46",
    title: pinTitle,
    ticket: "SHOP-2",
  };
  const { number } = (await begun(world, dev, pinTitle)) ?? (await world.as(dev).call(promote, { body }));
  say(`pull request #${number} by dev: uat and prod are pinned to ${commit.slice(0, 12)}`);
  await carryThrough(world, people, number, () => undefined);
}

/** Plans, approvals by owner and owner2, merge, apply: whatever of it is still to be done. */
async function carryThrough(
  world: World,
  people: readonly DemoAccount[],
  number: number,
  merged: () => void,
): Promise<PullRequest> {
  const { owner, owner2, platform } = byName(people);
  const approvers = [world.as(owner), world.as(owner2)];
  const planned = await plansOf(world.as(owner), number);
  if (planned.status === "open") {
    for (const approver of approvers) await approve(approver, number);
    await merge(world.as(owner), number);
  }
  merged();
  // An apply that went on when an earlier start was interrupted has lost its cloud.
  for (const { applyRun, applyStatus } of planned.affected)
    if (applyRun !== null && applyStatus === "failed")
      await world.as(platform).call(retryRun, { params: { number: applyRun } });
  return applied(world.as(owner), number, approvers);
}

/** The accounts by name. Throws where one is missing. */
export function byName(
  people: readonly DemoAccount[],
): Record<"dev" | "owner" | "owner2" | "platform" | "auditor", DemoAccount> {
  const find = (name: string) => {
    const found = people.find((person) => person.name === name);
    if (found === undefined) throw new Error(`the demo has nobody named ${name}`);
    return found;
  };
  return {
    dev: find("dev"),
    owner: find("owner"),
    owner2: find("owner2"),
    platform: find("platform"),
    auditor: find("auditor"),
  };
}

function example(...path: string[]): string {
  return join(root, "examples", repositoryName, ...path);
}

function copyFromExample(folder: string, path: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  cpSync(example(path), join(folder, path), { recursive: true });
}

/** The example's plumbline.yaml with the engine that was found on this machine. */
function examplePlumblineYaml(engine: string): string {
  return readFileSync(example("plumbline.yaml"), "utf8").replace(
    /^engine: .*$/m,
    `engine: { name: ${engine}, version: ">= 1.6" }`,
  );
}

/** The same without its components: the rules, to which the first pull request adds them. */
function withoutComponents(text: string): string {
  return text.replace(/^components:\n(?:[ \t]+.*\n|\n(?=[ \t]))*/m, "components: {}\n");
}

/** An environment's rules without intervals of single components, which main does not have yet. */
function withoutComponentIntervals(text: string): string {
  return text.replace(/^drift:\n {2}every: (\S+)\n {2}components:\n(?: {4}.*\n?)+/m, "drift: { every: $1 }\n");
}

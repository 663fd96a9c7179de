import type { GateCondition, Place } from "@plumbline/contract";
import type { Ownership } from "@plumbline/contract/configuration/code-owners/code-owners";
import { ticketMatches } from "@plumbline/contract/configuration/ticket";
import type { TicketRule } from "@plumbline/contract/configuration/configuration";
import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import { isTeam } from "./owners.ts";

/**
 * Why somebody cannot approve a pull request: he made, pushed or opened some of it (`contributed`), he sees a part of it
 * at most (`outside`), or he may not read pull requests at all (`no_role`).
 */
export type Bar = "contributed" | "outside" | "no_role";

/** Somebody who may count for the gate. */
export interface GatePerson {
  id: string;
  name: string;
  /** Why he cannot approve it, whatever he owns and may otherwise; null where nothing bars him. */
  barred: Bar | null;
  /** Names in CODEOWNERS that mean him. */
  owns(owner: string): boolean;
  mayApproveFor(environment: string): boolean;
}

/** A workspace's plan, as far as the gate asks. */
export interface GatePlan {
  workspace: string;
  environment: string;
  /** settled: nothing can be planned before the merge (outputs not known yet, a renamed or removed workspace). */
  state: "none" | "running" | "finished" | "failed" | "settled";
  detail: string;
  digest: string | null;
  /** Findings that block, and checks that could not judge. */
  blocking: number;
  /** Made over another state, or other inputs, than are there now. */
  stale: boolean;
  /** Judged by other policies than hold now. */
  outdated: boolean;
}

/** A rule of an environment, with its place on main. */
export interface GateEnvironment {
  name: string;
  approvals: number;
  approvalsPlace: Place | null;
  ticket: TicketRule | null;
  ticketPlace: Place | null;
}

/** A signed yes that is not void. */
interface GateApproval {
  personId: string;
  /** Workspace → digest. */
  digests: ReadonlyMap<string, string>;
  filesDigest: string;
}

/** Everything the gate looks at. */
export interface GateInput {
  conflicts: readonly string[] | null;
  problems: readonly { message: string; file: string; line: number | null }[];
  plans: readonly GatePlan[];
  /** Paths for which an owner is wanted. */
  paths: readonly string[];
  ownerOf(path: string): Ownership | undefined;
  ownersFile: string;
  environments: readonly GateEnvironment[];
  approvals: readonly GateApproval[];
  filesDigest: string;
  people: readonly GatePerson[];
  ticket: string | null;
  /** The trial merge is with main as it is now. */
  onMain: boolean;
  /** People who proposed it and may not propose to one of its environments any more; their names and those. */
  proposersWithoutRight: readonly { name: string; environment: string }[];
  /** Who would be left behind by a destruction; null where nothing is destroyed. */
  dependents: readonly { workspace: string; resources: number; dependsOn: readonly string[] }[] | null;
  /** What the policies it proposes would do; null where it proposes none. */
  replay: {
    /** Whether the newest plans have been given to runners. */
    begun: boolean;
    /** Plans that are still to be judged. */
    pending: number;
    judged: number;
    /** Workspaces of which nothing is known: the policies do not work, or their tests fail; somebody canceled it; there is no plan. */
    unjudged: readonly string[];
  } | null;
  /** What a state that it brings along asks for; none where it brings none. */
  takeOver: readonly GateCondition[];
  missingApplies: readonly { environment: string; before: string; commit: string; why: string; place: Place | null }[];
}

/**
 * What a pull request needs before it may be merged, unmet conditions first. Nobody passes it by his role: it is the
 * same for administrators.
 */
export function evaluateGate(input: GateInput): GateCondition[] {
  const conditions = [
    merges(input),
    configuration(input),
    plans(input),
    findings(input),
    ...input.missingApplies.map((missing) => applied(missing)),
    ...dependents(input),
    ...input.takeOver,
    ...replayed(input),
    ...owners(input),
    ...approvals(input),
    ...tickets(input),
    fresh(input),
    ...input.proposersWithoutRight.map(({ name, environment }) =>
      condition(`right:${name}:${environment}`, "right", false, {
        title: `${name} may propose to ${environment}`,
        detail: `${name} pushed to this pull request and may not propose to ${environment}. Somebody who may pushes it anew.`,
      }),
    ),
  ];
  return [...conditions.filter((one) => !one.met), ...conditions.filter((one) => one.met)];
}

/** Whether everything is met. */
export function gateIsOpen(conditions: readonly GateCondition[]): boolean {
  return conditions.every((one) => one.met);
}

interface Words {
  title: string;
  detail: string;
  who?: string[];
  place?: Place | null;
}

function condition(id: string, kind: GateCondition["kind"], met: boolean, words: Words): GateCondition {
  const { title, detail, who = [], place = null } = words;
  return { id, kind, met, title, detail, who, file: place?.file ?? null, line: place?.line ?? null };
}

function merges({ conflicts }: GateInput): GateCondition {
  const met = conflicts === null;
  return condition("merges", "merges", met, {
    title: "Merges with main",
    detail: met ? "No conflicts." : `Conflicts in ${list(conflicts)}. Rebase on main and push again.`,
  });
}

function configuration({ problems }: GateInput): GateCondition {
  const [first] = problems;
  return condition("configuration", "configuration", first === undefined, {
    title: "The configuration is valid",
    detail:
      first === undefined
        ? "No mistakes."
        : `${problems.length === 1 ? "One mistake" : `${problems.length} mistakes`}: ${first.file}:${first.line ?? 1}: ${ended(first.message)}`,
    place: first === undefined ? null : { file: first.file, line: first.line ?? 1 },
  });
}

/** With its full stop: what comes next follows it in one line. */
function ended(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function plans({ plans: all }: GateInput): GateCondition {
  const failed = all.filter((plan) => plan.state === "failed");
  const open = all.filter((plan) => plan.state === "running" || plan.state === "none");
  const finished = all.filter((plan) => plan.state === "finished").length;
  const settled = all.filter((plan) => plan.state === "settled").length;
  const met = failed.length === 0 && open.length === 0;
  const [bad] = failed;
  const later = settled === 0 ? "" : ` ${settled} can be planned only after the merge, and will be held for approval.`;
  return condition("plans", "plans", met, {
    title: "All plans are made",
    detail:
      bad !== undefined
        ? `${bad.workspace}: ${bad.detail}`
        : met
          ? `${finished} of ${all.length} planned.${later}`
          : `${open.length} of ${all.length} still to come: ${list(open.map((plan) => plan.workspace))}.`,
  });
}

function findings({ plans: all }: GateInput): GateCondition {
  const bad = all.filter((plan) => plan.blocking > 0);
  const count = bad.reduce((sum, plan) => sum + plan.blocking, 0);
  return condition("findings", "findings", bad.length === 0, {
    title: "No finding blocks",
    detail:
      bad.length === 0
        ? "Nothing that the rules forbid."
        : `${count === 1 ? "1 finding blocks" : `${count} findings block`} in ${list(bad.map((plan) => plan.workspace))}. Mend the code and push again; an exception is a waiver, by a pull request of its own.`,
  });
}

/** What an approval covers, besides who gave it: all plans as they are now, and the files that no plan covers. */
function isComplete(approval: GateApproval, input: GateInput, environment?: string): boolean {
  if (approval.filesDigest !== input.filesDigest) return false;
  return input.plans
    .filter((plan) => plan.digest !== null && (environment === undefined || plan.environment === environment))
    .every((plan) => approval.digests.get(plan.workspace) === plan.digest);
}

function approvers(input: GateInput, environment?: string): GatePerson[] {
  const ids = new Set(
    input.approvals.filter((one) => isComplete(one, input, environment)).map((approval) => approval.personId),
  );
  return input.people.filter((person) => ids.has(person.id) && person.barred === null);
}

function owners(input: GateInput): GateCondition[] {
  const groups = new Map<string, { ownership: Ownership | undefined; paths: string[] }>();
  for (const path of input.paths) {
    const ownership = input.ownerOf(path);
    const key = ownership === undefined || ownership.owners.length === 0 ? "none" : String(ownership.line);
    const group = groups.get(key) ?? { ownership: key === "none" ? undefined : ownership, paths: [] };
    group.paths.push(path);
    groups.set(key, group);
  }
  const yes = approvers(input);
  return [...groups].map(([key, { ownership, paths }]) => {
    if (ownership === undefined)
      return paths.includes(waiversFile) ? unownedWaivers(input) : unowned(input, yes, paths);
    const isOwner = (person: GatePerson) => ownership.owners.some((owner) => person.owns(owner));
    const by = yes.filter(isOwner);
    const who = input.people.filter((person) => isOwner(person) && person.barred === null).map((person) => person.name);
    const strangers = strangersOf(input, ownership);
    const waiting =
      who.length === 0
        ? `${nobodyLeft(input, ownership)} somebody else must be added to ${input.ownersFile}.${strangers}`
        : `Waits for ${list(who, "or")}.${strangers}`;
    return condition(`owner:${key}`, "owner", by.length > 0, {
      title: `An owner of ${pathsInWords(paths)} approves`,
      detail: by.length > 0 ? `Approved by ${list(by.map((person) => person.name))}.` : waiting,
      who,
      place: { file: input.ownersFile, line: ownership.line },
    });
  });
}

/** Why none of its owners can approve. */
function nobodyLeft({ people }: GateInput, { owners: named }: Ownership): string {
  const bars = new Set(
    people.filter((person) => named.some((owner) => person.owns(owner))).map(({ barred }) => barred),
  );
  const reasons = [
    ...(bars.has("outside") ? ["see only a part of it"] : []),
    ...(bars.has("no_role") ? ["have no role"] : []),
  ];
  return `Its owners ${list(named)} made this change${reasons.map((reason) => `, ${reason}`).join("")} or are not here;`;
}

/** Says which owners of main's line mean nobody, so that nobody waits for them. */
function strangersOf({ people }: GateInput, { owners: named }: Ownership): string {
  const unknown = named.filter((owner) => !people.some((person) => person.owns(owner)));
  return unknown
    .map((owner) =>
      isTeam(owner) ? ` ${owner} is a team, which means nobody here.` : ` ${owner} is nobody in this organization.`,
    )
    .join("");
}

/** Whoever may let a finding pass must be named: without an owner nobody is. */
function unownedWaivers({ ownersFile }: GateInput): GateCondition {
  return condition("owner:waivers", "owner", false, {
    title: `An owner of ${waiversFile} approves`,
    detail: `Nobody owns ${waiversFile}. Name its owners in ${ownersFile} first, by a pull request of its own: only they approve waivers.`,
  });
}

/** Nobody owns these: anybody who may approve for an environment the change touches, or for any, says yes. */
function unowned(input: GateInput, yes: readonly GatePerson[], paths: readonly string[]): GateCondition {
  const may = (person: GatePerson) =>
    input.environments.length === 0
      ? person.mayApproveFor("*")
      : input.environments.some((environment) => person.mayApproveFor(environment.name));
  const by = yes.filter(may);
  const who = input.people.filter((person) => may(person) && person.barred === null).map((person) => person.name);
  return condition("owner:none", "owner", by.length > 0, {
    title: `Somebody approves ${pathsInWords(paths)}, which nobody owns`,
    detail: by.length > 0 ? `Approved by ${list(by.map((person) => person.name))}.` : `Waits for ${list(who, "or")}.`,
    who,
  });
}

/** Counts whoever owns a touched path, or may approve for the environment. */
function approvals(input: GateInput): GateCondition[] {
  const ownerships = input.paths.map((path) => input.ownerOf(path)?.owners ?? []);
  const distinct = [...new Set(ownerships.map((one) => one.join(" ")))].map((one) => one.split(" "));
  const isOwner = (person: GatePerson) =>
    distinct.some((one) => one.some((owner) => owner !== "" && person.owns(owner)));
  return input.environments
    .filter((environment) => environment.approvals > 0)
    .map((environment) => {
      const counts = (person: GatePerson) => person.mayApproveFor(environment.name) || isOwner(person);
      const by = approvers(input, environment.name).filter(counts);
      const missing = environment.approvals - by.length;
      const given = new Set(by.map((person) => person.id));
      const who = input.people.filter((person) => counts(person) && person.barred === null && !given.has(person.id));
      const names = who.map((person) => person.name);
      const already = by.length === 0 ? "" : ` Approved by ${list(by.map((person) => person.name))}.`;
      return condition(`approvals:${environment.name}`, "approvals", missing <= 0, {
        title:
          environment.approvals === 1
            ? `One person approves for ${environment.name}`
            : `${environment.approvals} people approve for ${environment.name}`,
        detail:
          missing <= 0
            ? already.trim()
            : `${missing} more needed${names.length === 0 ? "; nobody else may" : ` from ${list(names, "or")}`}.${already}`,
        who: missing <= 0 ? [] : names,
        place: environment.approvalsPlace,
      });
    });
}

function tickets(input: GateInput): GateCondition[] {
  return input.environments.flatMap((environment) => {
    const rule = environment.ticket;
    if (rule === null || (!rule.required && input.ticket === null)) return [];
    const met = input.ticket !== null && ticketMatches(rule, input.ticket);
    const wanted = rule.pattern === undefined ? "" : ` that matches ${rule.pattern}`;
    return [
      condition(`ticket:${environment.name}`, "ticket", met, {
        title: `A ticket for ${environment.name}`,
        detail: met
          ? `${input.ticket}`
          : input.ticket === null
            ? `Name a ticket${wanted}: a Ticket: trailer, git push -o ticket=…, or the field on this page.`
            : `“${input.ticket}” is not a ticket${wanted}.`,
        place: environment.ticketPlace,
      }),
    ];
  });
}

function fresh(input: GateInput): GateCondition {
  const named = (plans: readonly GatePlan[]) => list(plans.map((plan) => plan.workspace));
  const stale = input.plans.filter((plan) => plan.stale);
  const outdated = input.plans.filter((plan) => plan.outdated);
  const reasons = [
    ...(input.onMain ? [] : ["Main has moved; the change is planned against it now."]),
    ...(stale.length === 0 ? [] : [`The state or an input of ${named(stale)} has changed since; it is planned again.`]),
    ...(outdated.length === 0
      ? []
      : [`The policies have changed since ${named(outdated)} was judged; it is planned and judged by them now.`]),
  ];
  return condition("fresh", "fresh", reasons.length === 0, {
    title: "Plans are made against main, its policies and the present states",
    detail: reasons[0] ?? "Nothing has changed since.",
  });
}

function dependents({ dependents: all }: GateInput): GateCondition[] {
  if (all === null) return [];
  const left = all.map(
    ({ workspace, resources, dependsOn }) =>
      `${workspace} depends on ${list(dependsOn)} and still has ${resources} ${resources === 1 ? "resource" : "resources"}`,
  );
  return [
    condition("dependents", "dependents", all.length === 0, {
      title: "Nothing that is left depends on what is destroyed",
      detail:
        all.length === 0
          ? "No other workspace with resources depends on it."
          : `${list(left)}. Destroy ${all.length === 1 ? "it" : "them"} first, or open a destroy pull request that lists ${list(all.map(({ workspace }) => workspace))} too.`,
    }),
  ];
}

function applied(missing: GateInput["missingApplies"][number]): GateCondition {
  const { environment, before, commit, why, place } = missing;
  return condition(`applied:${environment}:${commit}`, "applied", false, {
    title: `${commit.slice(0, 8)} has applied cleanly in ${before}`,
    detail: `It cannot go to ${environment} yet: ${why}.`,
    place,
  });
}

function replayed({ replay }: GateInput): GateCondition[] {
  if (replay === null) return [];
  const { begun, pending, judged, unjudged } = replay;
  return [
    condition("policies", "plans", unjudged.length === 0, {
      title: "Its policies work, and their tests pass",
      detail:
        unjudged.length > 0
          ? `By them ${list(unjudged)} could not be judged; the replay says why.`
          : begun && pending === 0 && judged === 0
            ? "There is no plan to judge by them, so neither they nor their tests were tried."
            : "Nothing else was found.",
    }),
    condition("replay", "plans", begun && pending === 0, {
      title: "It is known what its policies would do",
      detail: !begun
        ? "The newest plans are about to be judged by them."
        : pending === 0
          ? "The newest plan of every workspace was judged by them."
          : `${pending} of the newest plans are still to be judged by them.`,
    }),
  ];
}

/** Up to three files by name; of more, their folders. */
function pathsInWords(paths: readonly string[]): string {
  if (paths.length <= 3) return list(paths);
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/") + 1) || path))];
  return folders.length <= 3 ? list(folders) : `${folders.slice(0, 3).join(", ")} and ${folders.length - 3} more`;
}

/** "a, b and c". */
export function list(items: readonly string[], last: "and" | "or" = "and"): string {
  if (items.length === 0) return "nobody";
  if (items.length > 6) return `${items.slice(0, 5).join(", ")} ${last} ${items.length - 5} more`;
  if (items.length === 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1) ?? ""}`;
}

import type { GateCondition } from "@plumbline/contract";
import type { Ownership } from "@plumbline/contract/configuration/code-owners/code-owners";
import { ticketMatches } from "@plumbline/contract/configuration/ticket";
import { waiversFile } from "@plumbline/policy/gate/read-waivers";
import { condition, list } from "./condition.ts";
import type { GateApproval, GateInput, GatePerson } from "./gate-input.ts";
import { isTeam } from "./owners.ts";

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

/** Somebody who owns what is touched says yes, of each part. */
export function owners(input: GateInput): GateCondition[] {
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
export function approvals(input: GateInput): GateCondition[] {
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

/** A ticket is named where an environment asks for one. */
export function tickets(input: GateInput): GateCondition[] {
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

/** Up to three files by name; of more, their folders. */
function pathsInWords(paths: readonly string[]): string {
  if (paths.length <= 3) return list(paths);
  const folders = [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf("/") + 1) || path))];
  return folders.length <= 3 ? list(folders) : `${folders.slice(0, 3).join(", ")} and ${folders.length - 3} more`;
}

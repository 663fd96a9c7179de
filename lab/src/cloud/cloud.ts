import { randomBytes } from "node:crypto";
import { asText } from "../kinds/attribute.ts";
import type { JsonObject, JsonValue, Kind } from "../kinds/attribute.ts";
import { checkValues, withFallbacks } from "../kinds/check-values.ts";
import { KINDS } from "../kinds/kinds.ts";
import { listChanges } from "./changes.ts";
import { CloudError } from "./cloud-error.ts";
import type { DataFile } from "./data-file.ts";
import type { Activity, Resource } from "./resource.ts";

/** Who does something, and in which account. */
export type Caller = { actor: string; account: string };

/** How many lines of activity are kept; the oldest go first. */
const ACTIVITY_KEPT = 20_000;

/** The resources of every account, and what happened to them. Each change is on disk before it is answered. */
export class Cloud {
  readonly #file: DataFile;
  readonly #now: () => Date;

  constructor(file: DataFile, now: () => Date) {
    this.#file = file;
    this.#now = now;
  }

  list(account: string, kind: Kind, name?: string): Resource[] {
    return Object.values(this.#file.state.resources).filter(
      (resource) =>
        resource.account === account &&
        resource.kind === kind.name &&
        (name === undefined || resource.values["name"] === name),
    );
  }

  /** @throws CloudError 404 */
  get(account: string, kind: Kind, id: string): Resource {
    const resource = this.#find(account, kind.name, id);
    if (!resource) throw new CloudError(404, "not_found", `There is no ${kind.name} ${id} in the account ${account}.`);
    return resource;
  }

  /** @throws CloudError 422 for wrong values, 409 for a name that is taken */
  async create(caller: Caller, kind: Kind, given: JsonObject): Promise<Resource> {
    this.#check(caller.account, kind, given);
    const id = `${kind.idPrefix}-${randomBytes(6).toString("hex")}`;
    const values = withFallbacks(kind, given);
    Object.assign(values, kind.assign(values, id));
    const at = this.#now().toISOString();
    const resource: Resource = {
      id,
      kind: kind.name,
      account: caller.account,
      values,
      createdAt: at,
      createdBy: caller.actor,
      updatedAt: at,
      updatedBy: caller.actor,
    };
    this.#refuseTakenName(resource);
    this.#file.state.resources[id] = resource;
    this.#record(caller, "create", resource, listChanges(kind, {}, values));
    await this.#file.save();
    return resource;
  }

  /**
   * Changes the attributes given and leaves the others; null takes an attribute back to what it is when left out.
   * @throws CloudError 404, 409, or 422 (also for an attribute that only a new resource can change)
   */
  async update(caller: Caller, kind: Kind, id: string, given: JsonObject): Promise<Resource> {
    const before = this.get(caller.account, kind, id);
    const settable = kind.attributes.filter((attribute) => attribute.presence !== "assigned").map(({ name }) => name);
    const named = [...settable, ...kind.lists.map((list) => list.name)];
    const kept = Object.fromEntries(named.map((name) => [name, before.values[name] ?? null]));
    const wanted = { ...kept, ...given };
    this.#check(caller.account, kind, wanted);
    const values = { ...before.values, ...withFallbacks(kind, { ...before.values, ...given }) };
    const changes = listChanges(kind, before.values, values);
    const fixed = kind.attributes.find(
      ({ name, replaces }) => replaces === true && changes.some(({ attribute }) => attribute === name),
    );
    if (fixed)
      throw new CloudError(422, "cannot_change", `The ${fixed.name} of a ${kind.name} cannot be changed.`, [
        { path: [fixed.name], message: "cannot be changed; make a new resource" },
      ]);
    const after = { ...before, values, updatedAt: this.#now().toISOString(), updatedBy: caller.actor };
    this.#refuseTakenName(after);
    if (changes.length === 0) return before;
    this.#file.state.resources[id] = after;
    this.#record(caller, "update", after, changes);
    await this.#file.save();
    return after;
  }

  /** @throws CloudError 404, or 409 while another resource refers to it */
  async delete(caller: Caller, kind: Kind, id: string): Promise<void> {
    const resource = this.get(caller.account, kind, id);
    const user = this.#referrer(resource);
    if (user)
      throw new CloudError(
        409,
        "in_use",
        `The ${kind.name} ${id} is used by the ${user.kind} ${asText(user.values["name"])} (${user.id}). Delete that first.`,
      );
    delete this.#file.state.resources[id];
    this.#record(caller, "delete", resource, []);
    await this.#file.save();
  }

  /** What happened, newest first. */
  activity(filter: { account?: string; id?: string; limit: number }): Activity[] {
    return this.#file.state.activity
      .filter((line) => filter.account === undefined || line.account === filter.account)
      .filter((line) => filter.id === undefined || line.id === filter.id)
      .slice(-filter.limit)
      .toReversed();
  }

  accounts(): string[] {
    return [...new Set(Object.values(this.#file.state.resources).map(({ account }) => account))].toSorted();
  }

  #check(account: string, kind: Kind, given: JsonObject): void {
    const missing = kind.attributes.flatMap(({ name, refersTo }) =>
      asList(refersTo === undefined ? null : given[name])
        .filter((id) => refersTo !== undefined && !this.#find(account, refersTo, id))
        .map((id) => ({ path: [name], message: `names ${refersTo} ${id}, which does not exist in this account` })),
    );
    const complaints = [...checkValues(kind, given), ...missing];
    if (complaints.length === 0) return;
    const [first] = complaints;
    const sentence = `${first?.path.join(".")} ${first?.message}`;
    throw new CloudError(422, "wrong_values", `The ${kind.name} cannot be saved: ${sentence}.`, complaints);
  }

  #refuseTakenName(resource: Resource): void {
    const taken = Object.values(this.#file.state.resources).some(
      (other) =>
        other.id !== resource.id &&
        other.account === resource.account &&
        other.kind === resource.kind &&
        other.values["name"] === resource.values["name"],
    );
    if (!taken) return;
    const name = asText(resource.values["name"]);
    throw new CloudError(409, "name_taken", `A ${resource.kind} named "${name}" exists already in this account.`, [
      { path: ["name"], message: "is taken" },
    ]);
  }

  #find(account: string, kind: string, id: string): Resource | undefined {
    const resource = Object.hasOwn(this.#file.state.resources, id) ? this.#file.state.resources[id] : undefined;
    return resource?.account === account && resource.kind === kind ? resource : undefined;
  }

  #referrer(target: Resource): Resource | undefined {
    return Object.values(this.#file.state.resources).find((resource) => {
      const kind = KINDS.find(({ name }) => name === resource.kind);
      return kind?.attributes.some(
        ({ name, refersTo }) => refersTo === target.kind && asList(resource.values[name]).includes(target.id),
      );
    });
  }

  #record(caller: Caller, action: Activity["action"], resource: Resource, changes: Activity["changes"]): void {
    const { state } = this.#file;
    state.activityCount += 1;
    state.activity.push({
      number: state.activityCount,
      at: this.#now().toISOString(),
      account: caller.account,
      actor: caller.actor,
      action,
      kind: resource.kind,
      id: resource.id,
      name: asText(resource.values["name"]),
      changes,
    });
    if (state.activity.length > ACTIVITY_KEPT) state.activity.splice(0, state.activity.length - ACTIVITY_KEPT);
  }
}

function asList(value: JsonValue | undefined): string[] {
  if (typeof value === "string" && value !== "") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

import type { Severity } from "@plumbline/contract/findings";
import type { Rule } from "../../rule.ts";
import { not } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { resourceOf } from "./resource-example.ts";
import { oldTlsVersion } from "./tls-version.ts";

/** What differs between the rules of a family, which ask the same of many services. */
export interface Member {
  id: string;
  /** How people call the resource, as it stands in a sentence: `search service`. */
  noun: string;
  types: readonly string[];
  /** What the examples need besides. */
  body?: string;
  controls?: readonly string[];
  severity?: Severity;
}

function examplesOf({ types: [type = ""], body = "" }: Member, bad: string, good: string): Rule["examples"] {
  return { bad: resourceOf(type, body, bad), good: resourceOf(type, body, good) };
}

/**
 * The service answers everybody on the internet, though only with a key or a token. `closed` is what ends that; it cuts off
 * whoever has no other way in, and so is not for a machine to write.
 */
export function publicNetworkRule(member: Member & { closed: Condition; set: string }): Rule {
  return {
    id: member.id,
    severity: member.severity ?? "medium",
    category: "exposure",
    title: `The ${member.noun} can be reached from every network`,
    resourceTypes: member.types,
    failsWhen: not(member.closed),
    why: "A key or a token that leaks can then be used from anywhere, and a fault in the service is met from anywhere.",
    fix: `Set ${member.set} and reach it through a private endpoint, or allow only known networks.`,
    controls: member.controls ?? [],
    repair: "none",
    examples: examplesOf(member, "", member.set),
  };
}

/** The service takes keys that are shared, beside identities. `off` is what ends that, once everybody has a role. */
export function sharedKeyRule(member: Member & { off: Condition; set: string }): Rule {
  return {
    id: member.id,
    severity: member.severity ?? "low",
    category: "identity",
    title: `The ${member.noun} takes shared keys`,
    resourceTypes: member.types,
    failsWhen: not(member.off),
    why: "Who has a key has all rights, nobody can tell who used it, and it is valid until somebody changes it.",
    fix: `Set ${member.set} and give rights to identities with role assignments.`,
    controls: member.controls ?? [],
    repair: "none",
    examples: examplesOf(member, "", member.set),
  };
}

/** The service takes TLS older than 1.2, because the code says so. */
export function oldTlsRule(member: Member & { attribute: string; old: string; new: string }): Rule {
  const [first = "", second] = member.attribute.split(".");
  const set = (version: string) =>
    second === undefined ? `${first} = "${version}"` : `${first} {\n  ${second} = "${version}"\n}`;
  return {
    id: member.id,
    severity: member.severity ?? "high",
    category: "encryption",
    title: `The ${member.noun} takes TLS older than 1.2`,
    resourceTypes: member.types,
    failsWhen: oldTlsVersion(member.attribute),
    why: "Old protocols have known breaks; who sits on the way can read or change what is sent.",
    fix: `Set ${member.attribute} = "${member.new}".`,
    controls: member.controls ?? [],
    examples: examplesOf(member, set(member.old), set(member.new)),
  };
}

/** Data at rest is encrypted with a key that the cloud holds, not the owner. `set` is an example of an own key. */
export function ownKeyRule(member: Member & { own: Condition; set: string; attribute: string }): Rule {
  return {
    id: member.id,
    severity: member.severity ?? "low",
    category: "encryption",
    title: `The ${member.noun} is encrypted with the cloud's key, not your own`,
    resourceTypes: member.types,
    failsWhen: not(member.own),
    why: "Only with a key of your own can you take access away, and see in its log who decrypts.",
    fix: `Name a key of your key vault in ${member.attribute}.`,
    controls: member.controls ?? [],
    repair: "none",
    examples: examplesOf(member, "", member.set),
  };
}

import { areKeptToClients, givesRight, matchesEnvironment } from "@plumbline/contract";
import type { RoleBinding } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { may } from "../access/authorize.ts";
import { keptToClients } from "../access/kept-to-clients.ts";
import { titleOfPart } from "../access/title-of-part.ts";

/** What of something that several environments share is told to who sees only some of them. */
export interface NoticePart {
  /** Whether it is about more than environments, such as code: then nobody who is kept to clients sees the whole. */
  beyond: boolean;
  /** Those whose plans it has; the part is named by them. */
  environments: string[];
  /** What stands before and after the part's name: "#12", "approval wanted". */
  label: string;
  words: string;
  /** How the whole stands, in a sentence that nobody wrote. */
  body: string;
}

/** What decides who is told how much of a notification. */
export interface Tellable {
  subject: string;
  body: string;
  environments: readonly string[];
  part: NoticePart | null;
}

/** Who is told: what he may read, and whether he is kept to clients. */
export interface Audience {
  kept: boolean;
  reads: (environment: string) => boolean;
}

/** What somebody is told. */
export interface Told {
  subject: string;
  body: string;
  /** Those of its environments that he may read. */
  environments: string[];
}

/**
 * What of a notification somebody is told: the same that the pages show him. A pull request: all of it, or, where he is
 * kept to clients and it touches more, his part without what people wrote. All else: where he may read one of its
 * environments. Null where nothing of it is his.
 */
export function toldTo({ subject, body, environments, part }: Tellable, { kept, reads }: Audience): Told | null {
  const read = environments.filter(reads);
  const whole = { subject, body, environments: kept ? read : [...environments] };
  if (!kept) return part !== null || environments.length === 0 || read.length > 0 ? whole : null;
  if (read.length === 0) return null;
  if (part === null || (!part.beyond && read.length === environments.length)) return whole;
  const title = titleOfPart(part.environments.filter(reads));
  return { subject: `${part.label} ${title}: ${part.words}`, body: part.body, environments: read };
}

/** A person who signed in. */
export function audienceOfActor(actor: Actor): Audience {
  return { kept: keptToClients(actor), reads: (environment) => may(actor, "environment.read", environment) };
}

/** Somebody by his roles; undefined where they let him see nothing at all. */
export function audienceOfRoles(roles: readonly RoleBinding[]): Audience | undefined {
  if (!roles.some((binding) => givesRight(binding, "organization.read"))) return undefined;
  return {
    kept: areKeptToClients(roles),
    reads: (environment) => roles.some((binding) => givesRight(binding, "environment.read", environment)),
  };
}

/**
 * Who reads a channel: as somebody who may read what its patterns match; undefined where nothing of the notification is
 * about any of these. A channel for everything gets also what is about no environment.
 */
export function audienceOfChannel(patterns: readonly string[], { environments }: Tellable): Audience | undefined {
  const reads = (environment: string): boolean => patterns.some((pattern) => matchesEnvironment(pattern, environment));
  if (!patterns.includes("*") && !environments.some(reads)) return undefined;
  return { kept: patterns.every((pattern) => pattern.includes("/")), reads };
}

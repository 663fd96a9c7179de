import type { Commit } from "../../forges/builtin/commits.ts";

/** Somebody who stands in a commit. */
export interface CommitPerson {
  address: string;
  reason: "authored" | "committed" | "co_authored";
}

/** Each address and reason once. */
export function distinctPeople(people: readonly CommitPerson[]): CommitPerson[] {
  return [...new Map(people.map((one) => [`${one.reason}/${one.address}`, one])).values()];
}

/** Author, committer and co-authors of a commit, by their addresses in small letters. */
export function peopleOf(commit: Commit): CommitPerson[] {
  const coAuthors = [...commit.body.matchAll(/^co-authored-by[ \t]*:[^<\n]*<([^>\n]+)>/gim)].map(
    ([, address]) => address,
  );
  return [
    { address: commit.author.address, reason: "authored" as const },
    { address: commit.committer.address, reason: "committed" as const },
    ...coAuthors.map((address) => ({ address: address ?? "", reason: "co_authored" as const })),
  ].map((person) => ({ ...person, address: person.address.trim().toLowerCase() }));
}

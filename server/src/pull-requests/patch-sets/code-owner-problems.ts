import { suggest } from "@plumbline/contract/configuration/suggestion";
import type { CodeOwners } from "@plumbline/contract/configuration/code-owners/code-owners";
import type { PersonView } from "../../people/find-people.ts";
import { isTeam, namesPerson } from "../gate/owners.ts";
import type { PatchSetProblem } from "../pull-request.ts";

/**
 * What is wrong with a CODEOWNERS file beside its form: a team, which means nobody here, and a line all of whose owners
 * are nobody in the organization, so that nobody could approve its paths. One unknown name among known ones is not.
 */
export function codeOwnerProblems(owners: CodeOwners, file: string, people: readonly PersonView[]): PatchSetProblem[] {
  const active = people.filter((person) => !person.disabled);
  const names = active.map((person) => `@${person.name}`);
  const isKnown = (owner: string) => active.some((person) => namesPerson(owner, person));
  const problems: PatchSetProblem[] = owners.problems.map(({ message, line, column, proposal }) => ({
    message,
    file,
    line,
    column,
    proposal: proposal ?? null,
  }));
  for (const { owners: named, line } of owners.rules) {
    const report = (message: string, proposal: string | null) =>
      problems.push({ message, file, line, column: null, proposal });
    const teams = named.filter(isTeam);
    for (const team of teams)
      report(
        `${team} is a team, which means nobody here; name its members`,
        suggest(`@${team.split("/").at(-1) ?? ""}`, names) ?? null,
      );
    const others = named.filter((owner) => !isTeam(owner));
    if (others.length === 0 || others.some(isKnown)) continue;
    const [first = ""] = others;
    const proposal = suggest(first, names) ?? null;
    report(
      `${others.join(" and ")} ${others.length === 1 ? "is" : "are"} nobody in this organization, so nobody could approve this path${proposal === null ? "" : `. Did you mean ${proposal}?`}`,
      proposal,
    );
  }
  return problems.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0));
}

import { listRepositories } from "@plumbline/contract";
import type { EnvironmentView, Repository } from "@plumbline/contract";
import { problem } from "@plumbline/contract/errors";
import { suggest } from "@plumbline/contract/configuration/suggestion";
import type { Context } from "../command/context.ts";
import { onlyRepository } from "../connection/choose-repository.ts";
import { facts, heading } from "../terminal/facts.ts";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";
import { plural, span } from "../terminal/words.ts";
import { problemLines } from "./problem-lines.ts";

/** `plumb repositories show`: what main declares: components by layer with what they take, environments in order. */
export async function showRepository(context: Context, named: string | undefined): Promise<void> {
  const client = await context.client();
  const { items } = await client.call(listRepositories, {});
  context.print(
    named === undefined ? onlyRepository(items, "Name one") : findRepository(items, named),
    repositoryLines,
  );
}

function findRepository(items: readonly Repository[], name: string): Repository {
  const found = items.find((one) => one.name === name);
  if (found !== undefined) return found;
  const meant = suggest(
    name,
    items.map((one) => one.name),
  );
  throw problem("not_found", `There is no repository “${name}”.`, {
    next: `${meant === undefined ? "" : `Did you mean ${meant}? `}plumb repositories list shows those there are.`,
  });
}

function repositoryLines(shown: Repository, look: Look): string[] {
  return [
    look.paint("bold", shown.name),
    ...facts(look, [
      ["main", shown.headCommit?.slice(0, 12) ?? "empty"],
      ["git", shown.gitUrl],
    ]),
    ...problemLines(shown, look),
    ...heading(look, plural(shown.environments.length, "environment")),
    ...environmentTable(shown.environments, look),
    ...heading(look, plural(shown.components.length, "component")),
    ...componentTable(shown, look),
  ];
}

function environmentTable(environments: readonly EnvironmentView[], look: Look): string[] {
  return table(
    look,
    [
      { title: "ENVIRONMENT", least: 8 },
      { title: "PINNED TO", least: 12 },
      { title: "APPROVALS", align: "right" },
      { title: "TICKET", least: 6 },
      { title: "CREDENTIALS", least: 6, extra: true },
      { title: "DRIFT CHECKS" },
    ],
    environments.map((one) => [
      one.name,
      pinText(one),
      String(one.approvals),
      one.ticketRequired ? (one.ticketPattern ?? "wanted") : "",
      one.credentials ?? "none",
      `every ${span(one.driftEverySeconds)}`,
    ]),
    "None.",
  );
}

function pinText({ pin, behind }: EnvironmentView): string {
  if (pin === null) return "follows main";
  return `${pin.label ?? pin.ref.slice(0, 12)}${behind === 0 ? "" : `, ${plural(behind, "commit")} behind`}`;
}

/** Components layer by layer, as plumbline.yaml orders the layers. */
function componentTable({ layers, components }: Repository, look: Look): string[] {
  const ordered = components.toSorted((left, right) => layers.indexOf(left.layer) - layers.indexOf(right.layer));
  return table(
    look,
    [
      { title: "LAYER", least: 6 },
      { title: "COMPONENT", least: 10 },
      { title: "ENVIRONMENTS", least: 8, extra: true },
      { title: "DEPENDS ON", least: 8 },
      { title: "TAKES", least: 10, extra: true },
      { title: "CODE", least: 10, extra: true },
    ],
    ordered.map((one) => [
      one.layer,
      one.name,
      one.environments.join(" "),
      one.dependsOn.join(" "),
      one.inputs.map(({ variable, from }) => `${variable} = ${from}`).join(", "),
      one.path,
    ]),
    "None.",
  );
}

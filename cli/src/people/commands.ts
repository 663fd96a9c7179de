import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { collect, group, leaf } from "../command/leaf.ts";
import type { ChangeOptions } from "./change.ts";
import type { CreateOptions } from "./create.ts";

const roleHelp = "a role, for all environments or some: reader, approver:prod, operator:globex/*";

/** `plumb people` */
export function addPeople(program: Command, context: Context): void {
  const people = group(program, "people", "People of the organization and their roles");
  leaf(people, "list", "List everybody with his roles", ["plumb people list"]).action(async () =>
    (await import("./list.ts")).listAll(context),
  );
  leaf(people, "create", "Add a person", [
    'plumb people create ada --display-name "Ada Byron" --email ada@example.org --role proposer --role approver:prod',
    "plumb people create ada --display-name Ada --role reader --password < first-password.txt",
  ])
    .argument("<name>", "small letters, digits and dashes; with it he signs in")
    .requiredOption("--display-name <text>", "what others see")
    .option("--email <address>", "his e-mail; commits with it are his")
    .option("--address <address>", "a further address that stands in his commits; one option each", collect)
    .option("--role <role>", `${roleHelp}; one option each`, collect)
    .option("--password", "set a first password: it is asked for, or read from stdin")
    .action(async (name: string, options: CreateOptions) =>
      (await import("./create.ts")).createOne(context, name, options),
    );
  leaf(people, "change", "Change a person's name, addresses or password", [
    "plumb people change ada --email ada@example.org",
    "plumb people change ada --password",
  ])
    .argument("<name>", "his name")
    .option("--display-name <text>", "what others see")
    .option("--email <address>", "his e-mail; none takes it away")
    .option("--address <address>", "all further addresses of his commits; one option each", collect)
    .option("--password", "set a new password: it is asked for, or read from stdin")
    .action(async (name: string, options: ChangeOptions) =>
      (await import("./change.ts")).changeOne(context, name, options),
    );
  for (const [name, summary, disabled] of [
    ["disable", "Disable a person: his sessions and tokens end, what he did stays", true],
    ["enable", "Let a disabled person in again", false],
  ] as const)
    leaf(people, name, summary, [`plumb people ${name} ada`])
      .argument("<name>", "his name")
      .action(async (person: string) => (await import("./disable.ts")).setDisabled(context, person, disabled));
  for (const [name, summary] of [
    ["grant", "Give a person roles"],
    ["revoke", "Take roles from a person"],
  ] as const)
    leaf(people, name, summary, [`plumb people ${name} ada approver:prod`, `plumb people ${name} ada proposer reader`])
      .argument("<name>", "his name")
      .argument("<roles...>", roleHelp)
      .action(async (person: string, roles: string[]) =>
        (await import("./change-roles.ts")).changeRoles(context, name, person, roles),
      );
}

import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";

/** `plumb people` */
export function addPeople(program: Command, context: Context): void {
  const people = group(program, "people", "People of the organization");
  leaf(people, "list", "List everybody with his roles", ["plumb people list"]).action(async () =>
    (await import("./list.ts")).listAll(context),
  );
}

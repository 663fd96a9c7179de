import { deleteChannel, listChannels, problem } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";

/** `plumb channels delete`: by id, or by a name that only one has. */
export async function deleteOne(context: Context, named: string): Promise<void> {
  const client = await context.client();
  const { items } = await client.call(listChannels, {});
  const [found, ...others] = items.filter(({ id, name }) => id === named || name === named);
  if (found === undefined)
    throw problem("not_found", `There is no channel ${named}.`, {
      next: "plumb channels list names all.",
    });
  if (others.length > 0)
    throw new UsageFault(`${others.length + 1} channels are named ${named}.`, "Give the id that channels list shows.");
  await client.call(deleteChannel, { params: { id: found.id } });
  context.print({ deleted: found.id, name: found.name }, (shown) => [`Removed ${shown.name}.`]);
}

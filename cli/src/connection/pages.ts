const largestPage = 200;

/** One page of a list. */
interface Page<Item> {
  items: Item[];
  cursor: string | null;
}

/** Loads pages until there are `limit` items or no more; `cursor` leads to what follows. */
export async function loadPages<Item>(
  limit: number,
  load: (page: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await load({
      limit: Math.min(largestPage, limit - items.length),
      ...(cursor === null ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.items.length === 0 ? null : page.cursor;
  } while (cursor !== null && items.length < limit);
  return { items, cursor };
}

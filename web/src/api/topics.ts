/** Topics of a query: exact (`run:12`) or all of a kind (`run:*`). See LiveEvent of the contract. */
export type Topics = readonly string[];

/** Whether an event with `changed` topics concerns a query that declared `wanted`. */
export function concerns(wanted: Topics, changed: Topics): boolean {
  return wanted.some((topic) =>
    topic.endsWith(":*") ? changed.some((other) => other.startsWith(topic.slice(0, -1))) : changed.includes(topic),
  );
}

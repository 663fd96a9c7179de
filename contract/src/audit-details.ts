/** A detail of an entry as a line; `before` and `after` of an entry that carries both are shown against each other. */
export interface DetailRow {
  path: string;
  text: string;
  side: "plain" | "before" | "after";
}

/** The details flattened to lines: "digests[0].workspace" → "database/test". */
export function detailRows(details: Readonly<Record<string, unknown>>): DetailRow[] {
  const { before, after, ...rest } = details;
  const paired = isRecord(before) && isRecord(after);
  return [
    ...(paired
      ? [...flat(before, "", "before"), ...flat(after, "", "after")]
      : [...flat(only("before", before), "", "plain"), ...flat(only("after", after), "", "plain")]),
    ...flat(rest, "", "plain"),
  ];
}

function only(key: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}

function flat(value: unknown, path: string, side: DetailRow["side"]): DetailRow[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => flat(item, `${path}[${index}]`, side));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => flat(item, path === "" ? key : `${path}.${key}`, side));
  return [{ path, text: typeof value === "string" ? value : JSON.stringify(value), side }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

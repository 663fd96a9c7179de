import { z } from "zod";
import { ByteReader, uint32 } from "./sealed-file.ts";

/** One part of a backup: what it is, and its bytes. */
const Entry = z.discriminatedUnion("kind", [
  /** Rows as PostgreSQL's COPY writes them (text format), with the columns they have. */
  z.object({ kind: z.literal("table"), table: z.string(), columns: z.array(z.string()) }),
  /** Tasks that were waiting, as JSON lines. */
  z.object({ kind: z.literal("tasks") }),
  /** A Git repository: a bundle of all its refs; without bytes where it is empty. */
  z.object({
    kind: z.literal("repository"),
    organizationId: z.uuid(),
    repositoryId: z.uuid(),
    main: z.string().nullable(),
  }),
  /** The end, with how many entries came before it. */
  z.object({ kind: z.literal("end"), entries: z.int() }),
]);
export type Entry = z.infer<typeof Entry>;

const mostBytes = 1 << 24;

/** Writes one entry: its description, its pieces, and an empty piece at the end. */
export async function* writeEntry(
  entry: Entry,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const text = Buffer.from(JSON.stringify(entry));
  yield Buffer.concat([uint32(text.length), text]);
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    for (let from = 0; from < bytes.length; from += mostBytes) {
      const part = bytes.subarray(from, from + mostBytes);
      yield Buffer.concat([uint32(part.length), part]);
    }
  }
  yield uint32(0);
}

/** Reads the entries in their order. What is not read of one is passed over when the next is asked for. */
export async function* readEntries(
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ entry: Entry; pieces: AsyncGenerator<Buffer> }> {
  const reader = new ByteReader(content);
  for (;;) {
    const length = await reader.read(4);
    if (length === undefined) return;
    const text = await reader.read(Math.min(length.readUInt32BE(0), mostBytes));
    const entry = Entry.parse(JSON.parse((text ?? Buffer.from("null")).toString("utf8")));
    const pieces = piecesOf(reader);
    yield { entry, pieces };
    let rest = await pieces.next();
    while (rest.done !== true) rest = await pieces.next();
  }
}

async function* piecesOf(reader: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const length = await reader.read(4);
    const size = length?.readUInt32BE(0) ?? 0;
    if (size === 0) return;
    const piece = await reader.read(size);
    if (piece !== undefined) yield piece;
  }
}

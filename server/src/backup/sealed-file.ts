import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { problem } from "@plumbline/contract";
import { z } from "zod";
import type { RootKey } from "../platform/sealing/index.ts";

/*
 * Layout, format 1: magic (8) | length of the header (4, big endian) | header, JSON | chunks.
 * A chunk: length of its ciphertext (4) | ciphertext | tag (16). Each is AES-256-GCM under a key of this file, derived
 * from the root key and the header's salt; its nonce is its number, its additional data the header's SHA-256 and whether
 * it is the last one. So a file that was cut off, put together or changed is not taken for whole.
 */
const magic = Buffer.from("PLBACKUP", "latin1");
const chunkBytes = 1 << 20;
const tagBytes = 16;
const longestHeader = 1 << 20;

/** What stands in clear at the beginning: enough to say why a file cannot be restored here. */
export const BackupHeader = z.object({
  format: z.literal(1),
  /** Names the root key; it tells nothing about it. */
  keyId: z.string(),
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  /** The newest migration of the database. */
  migration: z.object({ number: z.int(), name: z.string() }),
});
export type BackupHeader = z.infer<typeof BackupHeader>;

/** A header for a new file under this root key. */
export function newHeader(rootKey: RootKey, rest: Pick<BackupHeader, "createdAt" | "migration">): BackupHeader {
  return { format: 1, keyId: rootKey.keyId, salt: randomBytes(32).toString("hex"), ...rest };
}

/** Seals a stream of bytes as it comes. */
export async function* sealBytes(
  rootKey: RootKey,
  header: BackupHeader,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const text = Buffer.from(JSON.stringify(header));
  yield Buffer.concat([magic, uint32(text.length), text]);
  const { key, digest } = keysOf(rootKey, header, text);
  let number = 0;
  const seal = (bytes: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number++)).setAAD(dataOf(digest, isLast));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([uint32(sealed.length), sealed, cipher.getAuthTag()]);
  };
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    held.push(Buffer.from(piece));
    size += piece.length;
    while (size > chunkBytes) {
      const all = Buffer.concat(held);
      yield seal(all.subarray(0, chunkBytes), false);
      held = [all.subarray(chunkBytes)];
      size -= chunkBytes;
    }
  }
  yield seal(Buffer.concat(held), true);
}

/** Bytes of a stream, exactly as many as are asked for. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** So many bytes, or undefined at the end of the stream. Throws `config_invalid` where it ends before them. */
  async read(count: number): Promise<Buffer | undefined> {
    const parts = [this.#held];
    let size = this.#held.length;
    while (size < count) {
      const { value, done } = await this.#pieces.next();
      if (done === true) {
        if (size === 0 && count > 0) return undefined;
        throw cutOff();
      }
      parts.push(Buffer.from(value));
      size += value.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(count);
    return all.subarray(0, count);
  }
}

/** Reads the header. Throws `config_invalid` where it is no backup, or one of a newer format. */
export async function readHeader(reader: ByteReader): Promise<{ header: BackupHeader; text: Buffer }> {
  const start = await reader.read(magic.length + 4).catch(() => undefined);
  if (start === undefined || !start.subarray(0, magic.length).equals(magic))
    throw wrong("This is no backup of Plumbline.", "Name a file that plumb backup wrote.");
  const length = start.readUInt32BE(magic.length);
  const text = length > longestHeader ? undefined : await reader.read(length);
  if (text === undefined) throw cutOff();
  const parsed = BackupHeader.safeParse(JSON.parse(text.toString("utf8")));
  if (!parsed.success)
    throw wrong(
      "The backup has a format that this version does not know.",
      "Restore it with the version that wrote it.",
    );
  return { header: parsed.data, text };
}

/** Opens what follows the header. Throws `config_invalid` for another root key, and for what was cut off or changed. */
export async function* openBytes(
  rootKey: RootKey,
  { header, text }: { header: BackupHeader; text: Buffer },
  reader: ByteReader,
): AsyncGenerator<Buffer> {
  if (header.keyId !== rootKey.keyId)
    throw wrong(
      `The backup was sealed under the root key ${header.keyId}; this installation has ${rootKey.keyId}.`,
      "Put the root key of the installation that was backed up at rootKey.file.",
    );
  const { key, digest } = keysOf(rootKey, header, text);
  for (let number = 0; ; number++) {
    const length = await reader.read(4);
    if (length === undefined) throw cutOff();
    const size = length.readUInt32BE(0);
    if (size > chunkBytes) throw changed();
    const sealed = await reader.read(size + tagBytes);
    if (sealed === undefined) throw cutOff();
    const middle = openChunk(key, nonceOf(number), dataOf(digest, false), sealed);
    if (middle !== undefined) {
      yield middle;
      continue;
    }
    const last = openChunk(key, nonceOf(number), dataOf(digest, true), sealed);
    if (last === undefined) throw changed();
    if ((await reader.read(1)) !== undefined) throw changed();
    yield last;
    return;
  }
}

function openChunk(key: Buffer, nonce: Buffer, data: Buffer, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce)
    .setAAD(data)
    .setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}

function keysOf(rootKey: RootKey, { salt }: BackupHeader, text: Buffer): { key: Buffer; digest: Buffer } {
  return { key: rootKey.derive(`backup/${salt}`), digest: createHash("sha256").update(text).digest() };
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 6, 6);
  return nonce;
}

function dataOf(digest: Buffer, isLast: boolean): Buffer {
  return Buffer.concat([digest, Buffer.from([isLast ? 1 : 0])]);
}

/** A number of four bytes, big endian. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function wrong(detail: string, next: string): Error {
  return problem("config_invalid", detail, { next });
}

function cutOff(): Error {
  return wrong("The backup was cut off: its end is missing.", "Copy it again, whole; nothing was restored.");
}

function changed(): Error {
  return wrong("The backup was damaged or changed.", "Take another copy of it; nothing was restored.");
}

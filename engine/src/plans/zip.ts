import { crc32, inflateRawSync } from "node:zlib";

const mostEntries = 20_000;
const longestEntry = 128 * 1_048_576;
const longestTotal = 512 * 1_048_576;

/** What is wrong with an archive, as the end of a sentence. */
export class UnsoundArchive extends Error {
  override readonly name = "UnsoundArchive";
}

/** A file in an archive. */
interface Entry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
}

/**
 * Unpacks a zip archive held in memory, as strictly as reading untrusted bytes twice demands: no second program may
 * see other contents in it. Refused are: anything before, between or after its parts, entries of one name, names that
 * leave the archive, encryption, ZIP64, methods other than stored and deflated, wrong sizes or checksums, more than
 * 20,000 entries, 128 MiB per entry (`longest`) or 512 MiB in all. Throws an UnsoundArchive.
 */
export function unpackZip(bytes: Uint8Array, longest: number = longestEntry): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  const files = new Map<string, Uint8Array>();
  let total = 0;
  let expectedOffset = 0;
  for (const entry of entries.list.toSorted((left, right) => left.offset - right.offset)) {
    total += entry.size;
    if (entry.size > longest || total > longestTotal) throw broken(`${JSON.stringify(entry.name)} is too large`);
    if (entry.offset !== expectedOffset) throw broken("there is a gap or an overlap between its entries");
    const { data, end } = readEntry(bytes, view, entry, entries.start);
    expectedOffset = end;
    files.set(entry.name, data);
  }
  if (expectedOffset !== entries.start) throw broken("there is a gap before its directory");
  return files;
}

function readDirectory(bytes: Uint8Array, view: DataView): { list: Entry[]; start: number } {
  const end = bytes.byteLength - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw broken("its end is not where it must be");
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  const isSimple = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!isSimple || view.getUint16(end + 20, true) !== 0 || start + size !== end || count > mostEntries)
    throw broken("its directory is not where it must be");
  const list: Entry[] = [];
  const names = new Set<string>();
  let position = start;
  for (let index = 0; index < count; index++) {
    if (position + 46 > end || view.getUint32(position, true) !== 0x02014b50) throw broken("its directory is cut off");
    const nameLength = view.getUint16(position + 28, true);
    const next = position + 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
    if (next > end) throw broken("its directory is cut off");
    if ((view.getUint16(position + 8, true) & 1) !== 0) throw broken("it is encrypted");
    const entry = {
      name: readName(bytes.subarray(position + 46, position + 46 + nameLength)),
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      packed: view.getUint32(position + 20, true),
      size: view.getUint32(position + 24, true),
      offset: view.getUint32(position + 42, true),
    };
    if (names.has(entry.name)) throw broken(`it holds ${JSON.stringify(entry.name)} twice`);
    names.add(entry.name);
    list.push(entry);
    position = next;
  }
  if (position !== end) throw broken("there is something after its directory");
  return { list, start };
}

function readEntry(bytes: Uint8Array, view: DataView, entry: Entry, limit: number): { data: Uint8Array; end: number } {
  const { name, offset } = entry;
  if (offset + 30 > limit || view.getUint32(offset, true) !== 0x04034b50)
    throw broken(`${JSON.stringify(name)} is cut off`);
  const nameLength = view.getUint16(offset + 26, true);
  const start = offset + 30 + nameLength + view.getUint16(offset + 28, true);
  let end = start + entry.packed;
  if (end > limit) throw broken(`${JSON.stringify(name)} is cut off`);
  if (readName(bytes.subarray(offset + 30, offset + 30 + nameLength)) !== name)
    throw broken(`${JSON.stringify(name)} has two names`);
  const packed = bytes.subarray(start, end);
  const data = unpack(entry, packed);
  if (data.byteLength !== entry.size || crc32(data) !== entry.crc) throw broken(`${JSON.stringify(name)} is damaged`);
  if ((view.getUint16(offset + 6, true) & 8) !== 0) {
    // Sizes follow the data: checksum and two sizes, with or without a signature.
    end += end + 4 <= limit && view.getUint32(end, true) === 0x08074b50 ? 16 : 12;
  }
  return { data, end };
}

function unpack(entry: Entry, packed: Uint8Array): Uint8Array {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw broken(`${JSON.stringify(entry.name)} is packed in an unknown way`);
  try {
    // One byte more than it says is enough to see that it lies.
    return inflateRawSync(packed, { maxOutputLength: entry.size + 1 });
  } catch {
    throw broken(`${JSON.stringify(entry.name)} is damaged or larger than it says`);
  }
}

function readName(bytes: Uint8Array): string {
  let name: string;
  try {
    name = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw broken("a name in it is not UTF-8");
  }
  const isSafe =
    name !== "" && !name.startsWith("/") && !/[\\\p{Cc}]/u.test(name) && !name.split("/").some((part) => part === "..");
  if (!isSafe) throw broken(`the name ${JSON.stringify(name)} leaves the archive`);
  return name;
}

function broken(reason: string): UnsoundArchive {
  return new UnsoundArchive(reason);
}

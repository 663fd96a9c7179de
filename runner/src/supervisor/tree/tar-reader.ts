/** One file of an archive. */
export interface ArchiveFile {
  path: string;
  executable: boolean;
  content: Buffer;
}

/** An archive that is not what it has to be. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

const block = 512;

/**
 * Reads a tar archive (POSIX ustar, with pax headers for long paths: pubs.opengroup.org, pax, "ustar Interchange Format")
 * that holds plain files and folders. Links, devices and everything else are refused, not skipped.
 */
export function* readTar(archive: Buffer): Generator<ArchiveFile> {
  let at = 0;
  let paxPath: string | undefined;
  while (at + block <= archive.length) {
    const header = archive.subarray(at, at + block);
    if (header.every((byte) => byte === 0)) return;
    checkSum(header, at);
    const size = octal(header, 124, 12);
    const content = archive.subarray(at + block, at + block + size);
    if (content.length < size) throw new ArchiveError("the archive ends in the middle of a file");
    at += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    const path = paxPath ?? ustarPath(header);
    if (type === "g") continue; // a comment: git writes the commit's id there
    if (type === "x") {
      paxPath = paxRecords(content).get("path");
      continue;
    }
    paxPath = undefined;
    if (type === "5") continue; // folders come from the files' paths
    if (type !== "0" && type !== "\0")
      throw new ArchiveError(`${JSON.stringify(path)} is not a plain file (tar type ${JSON.stringify(type)})`);
    yield { path, executable: (octal(header, 100, 8) & 0o100) !== 0, content };
  }
  throw new ArchiveError("the archive has no end");
}

function ustarPath(header: Buffer): string {
  const name = text(header, 0, 100);
  const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

function paxRecords(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < content.length) {
    const space = content.indexOf(0x20, at);
    const length = Number(content.subarray(at, space).toString("latin1"));
    const record = content.subarray(space + 1, at + length);
    const equals = record.indexOf(0x3d);
    if (space < 0 || !Number.isSafeInteger(length) || length <= space - at || record.at(-1) !== 0x0a || equals < 0)
      throw new ArchiveError("a pax header is malformed");
    records.set(record.subarray(0, equals).toString("utf8"), record.subarray(equals + 1, -1).toString("utf8"));
    at += length;
  }
  if (records.has("size") || records.has("linkpath"))
    throw new ArchiveError("a pax header changes size or link of a file");
  return records;
}

function checkSum(header: Buffer, at: number): void {
  let sum = 8 * 0x20;
  for (let index = 0; index < block; index += 1) if (index < 148 || index >= 156) sum += header[index] ?? 0;
  if (sum !== octal(header, 148, 8)) throw new ArchiveError(`the archive's header at byte ${at} is damaged`);
}

function text(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString("utf8");
}

function octal(header: Buffer, from: number, length: number): number {
  const digits = text(header, from, length).trim();
  if (!/^[0-7]{1,11}$/.test(digits)) throw new ArchiveError("a number in the archive is not octal");
  return Number.parseInt(digits, 8);
}

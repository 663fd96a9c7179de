/** A member of a test archive. `type` is tar's: "0" file, "2" link, "5" folder. */
export interface TarMember {
  path: string;
  content?: string | Buffer;
  mode?: number;
  type?: string;
  link?: string;
}

/** Writes a ustar archive; paths over 100 bytes get a pax header, as git writes them. */
export function writeTar(members: readonly TarMember[]): Buffer {
  const blocks: Buffer[] = [];
  for (const member of members) {
    if (Buffer.byteLength(member.path) > 100) {
      const record = paxRecord("path", member.path);
      blocks.push(...entry({ path: "pax", content: record, type: "x" }));
      blocks.push(...entry({ ...member, path: member.path.slice(-90) }));
    } else blocks.push(...entry(member));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function entry(member: TarMember): Buffer[] {
  const content = Buffer.from(member.content ?? "");
  const header = Buffer.alloc(512);
  header.write(member.path, 0, 100);
  header.write(`${(member.mode ?? 0o644).toString(8).padStart(7, "0")}\0`, 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write(member.type ?? "0", 156);
  header.write(member.link ?? "", 157, 100);
  header.write("ustar\0" + "00", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return [header, content, padding];
}

function paxRecord(key: string, value: string): string {
  const body = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(body);
  while (String(length).length + Buffer.byteLength(body) !== length)
    length = String(length).length + Buffer.byteLength(body);
  return `${length}${body}`;
}

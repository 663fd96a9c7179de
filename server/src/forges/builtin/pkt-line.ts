/** A line of Git's protocol; null is a flush packet. Format: gitprotocol-common(5). */
export type Packet = string | null;

/** Writes one packet. Texts are sent as UTF-8. */
export function packet(content: Packet): Buffer {
  if (content === null) return Buffer.from("0000");
  const body = Buffer.from(content, "utf8");
  const length = (body.length + 4).toString(16).padStart(4, "0");
  return Buffer.concat([Buffer.from(length, "latin1"), body]);
}

/** Takes packets out of a stream of bytes. Throws where the stream is not packets. */
export class PacketReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Adds bytes and answers the packets that are complete now, each without its line break. */
  push(chunk: Buffer): Packet[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const packets: Packet[] = [];
    for (;;) {
      if (this.#rest.length < 4) return packets;
      const head = this.#rest.toString("latin1", 0, 4);
      const length = Number.parseInt(head, 16);
      if (!/^[0-9a-f]{4}$/i.test(head) || (length > 0 && length < 4)) throw new Error("not a packet");
      if (length === 0) {
        packets.push(null);
        this.#rest = this.#rest.subarray(4);
        continue;
      }
      if (this.#rest.length < length) return packets;
      packets.push(this.#rest.toString("utf8", 4, length).replace(/\n$/, ""));
      this.#rest = this.#rest.subarray(length);
    }
  }
}

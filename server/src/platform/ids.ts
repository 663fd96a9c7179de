import { randomFillSync } from "node:crypto";
import type { Clock } from "./clock.ts";

/** Makes ids: UUID version 7 (RFC 9562), so that they sort by the time they were made. */
export type NewId = () => string;

/**
 * A maker of UUIDv7 that is monotonic within the process: 48 bits of milliseconds, then 12 bits that count up within
 * one millisecond from a random start, then 62 random bits. When the count overflows or the clock goes back, the last
 * millisecond goes on by one.
 */
export function idMaker(clock: Clock): NewId {
  let last = 0;
  let count = 0;
  const random = Buffer.alloc(10);
  return function newId() {
    randomFillSync(random);
    const now = clock.now().getTime();
    if (now > last) {
      last = now;
      count = random.readUInt16BE(0) & 0x7ff;
    } else if (++count > 0xfff) {
      last += 1;
      count = random.readUInt16BE(0) & 0x7ff;
    }
    const bytes = Buffer.alloc(16);
    bytes.writeUIntBE(last, 0, 6);
    bytes.writeUInt16BE(0x7000 | count, 6);
    random.copy(bytes, 8, 2);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
}

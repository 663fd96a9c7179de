import fc from "fast-check";
import { expect, test } from "vitest";
import { packet, PacketReader } from "./pkt-line.ts";

test("packets come out as they went in, however the stream is cut", () => {
  const content = fc.oneof(
    fc.constant(null),
    fc.string({ unit: "grapheme" }).filter((text) => text !== "" && !text.endsWith("\n")),
  );
  fc.assert(
    fc.property(fc.array(content), fc.array(fc.integer({ min: 1, max: 40 })), (contents, cuts) => {
      const stream = Buffer.concat(contents.map(packet));
      const reader = new PacketReader();
      const read: (string | null)[] = [];
      let at = 0;
      for (const cut of cuts) {
        read.push(...reader.push(stream.subarray(at, at + cut)));
        at += cut;
      }
      read.push(...reader.push(stream.subarray(at)));
      expect(read).toEqual(contents);
    }),
  );
});

test("what is not packets is an error", () => {
  expect(() => new PacketReader().push(Buffer.from("zzzz"))).toThrow("not a packet");
  expect(() => new PacketReader().push(Buffer.from("0003"))).toThrow("not a packet");
});

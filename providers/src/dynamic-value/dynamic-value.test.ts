import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeValue, encodeValue } from "./dynamic-value.ts";
import type { Value } from "./dynamic-value.ts";
import { UNKNOWN, UnknownValue, holdsUnknown } from "./unknown-value.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("Terraform's MessagePack", () => {
  it("writes the unknown as extension 0 with one zero byte", () => {
    expect(hex(encodeValue(UNKNOWN))).toBe("d40000");
    expect(decodeValue(Buffer.from("d40000", "hex"))).toEqual(UNKNOWN);
  });

  it("keeps the bytes of a refined unknown", () => {
    // Extension 12 with the refinement {1: false}, "is not null".
    const refined = Buffer.from("c7030c8101c2", "hex");
    const value = decodeValue(refined);
    expect(value).toEqual(new UnknownValue(12, Uint8Array.of(0x81, 0x01, 0xc2)));
    expect(hex(encodeValue(value))).toBe(hex(refined));
  });

  it("takes any other extension for an unknown", () => {
    expect(holdsUnknown(decodeValue(Buffer.from("81a161d46300", "hex")))).toBe(true);
    expect(holdsUnknown(decodeValue(Buffer.from("d6ff00000000", "hex")))).toBe(true);
  });

  it("keeps numbers exact: integers of 64 bits as bigint, larger ones as they came, as text", () => {
    const large = Buffer.from("cf8000000000000001", "hex");
    expect(decodeValue(large)).toBe(0x8000000000000001n);
    expect(hex(encodeValue(decodeValue(large)))).toBe(hex(large));
    expect(decodeValue(encodeValue("123456789012345678901234567890"))).toBe("123456789012345678901234567890");
    expect(decodeValue(encodeValue(0.1))).toBe(0.1);
  });

  it("writes what is left undefined as null, because every attribute must be present", () => {
    const value = { a: undefined } as unknown as Value;
    expect(hex(encodeValue(value))).toBe("81a161c0");
  });

  it("reads back whatever it wrote", () => {
    const { value } = fc.letrec<{ value: Value }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant<Value>(null),
        fc.boolean(),
        fc.integer(),
        fc.double({ noNaN: true, noInteger: true }),
        fc.string({ unit: "binary" }).map((text) => text.toWellFormed()),
        fc.constant<Value>(UNKNOWN),
        fc.uint8Array().map((data) => new UnknownValue(12, data)),
        fc.array(tie("value")),
        fc.dictionary(
          fc.string().filter((name) => name !== "__proto__"),
          tie("value"),
          { noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(decodeValue(encodeValue(given))).toEqual(given);
      }),
    );
  });
});

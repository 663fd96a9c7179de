import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttributePath, Diagnostic, RawState } from "../protocol/value-messages.ts";
import { ProviderSchemaResponse } from "../protocol/provider-messages.ts";
import { decodeMessage, encodeMessage, many, one, optional } from "./message-type.ts";
import type { MessageType } from "./message-type.ts";

describe("a message by its table", () => {
  it("has the bytes that the format's documentation gives", () => {
    const type: MessageType<{ a: number; b: string }> = {
      name: "Test",
      fields: { a: one(1, "int"), b: one(2, "string") },
    };
    expect(Buffer.from(encodeMessage(type, { a: 150, b: "testing" })).toString("hex")).toBe(
      "0896011207" + "74657374696e67",
    );
  });

  it("writes negative numbers in ten bytes and reads them back", () => {
    const type: MessageType<{ a: number }> = { name: "Test", fields: { a: one(1, "int") } };
    const bytes = encodeMessage(type, { a: -2 });
    expect(Buffer.from(bytes).toString("hex")).toBe("08feffffffffffffffff01");
    expect(decodeMessage(type, bytes)).toEqual({ a: -2 });
  });

  it("keeps a zero where presence matters and leaves it out elsewhere", () => {
    const step = encodeMessage(AttributePath, { steps: [{ elementKeyInt: 0 }] });
    expect(decodeMessage(AttributePath, step).steps).toEqual([
      { attributeName: undefined, elementKeyString: undefined, elementKeyInt: 0 },
    ]);
    expect(encodeMessage(Diagnostic, { severity: 0, summary: "", detail: "" })).toHaveLength(0);
  });

  it("skips fields that the table does not know", () => {
    const wide: MessageType<{ a: number; b: string; c: number[] }> = {
      name: "Wide",
      fields: { a: one(1, "int"), b: one(2, "string"), c: many(3, "int") },
    };
    const narrow: MessageType<{ b?: string | undefined }> = { name: "Narrow", fields: { b: optional(2, "string") } };
    expect(decodeMessage(narrow, encodeMessage(wide, { a: 1, b: "kept", c: [1, 2] }))).toEqual({ b: "kept" });
  });

  it("reads back whatever it wrote", () => {
    const step = fc.record({
      attributeName: fc.option(fc.string(), { nil: undefined }),
      elementKeyString: fc.option(fc.string(), { nil: undefined }),
      elementKeyInt: fc.option(fc.maxSafeInteger(), { nil: undefined }),
    });
    const diagnostic = fc.record({
      severity: fc.nat(),
      summary: fc.string({ unit: "binary" }),
      detail: fc.string(),
      attribute: fc.option(fc.record({ steps: fc.array(step) }), { nil: undefined }),
    });
    fc.assert(
      fc.property(diagnostic, (value) => {
        expect(decodeMessage(Diagnostic, encodeMessage(Diagnostic, value))).toEqual(value);
      }),
    );
  });

  it("reads back maps of text and of messages", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(fc.tuple(fc.string(), fc.string())), (json, entries) => {
        const value = { json, flatmap: new Map(entries) };
        const back = decodeMessage(RawState, encodeMessage(RawState, value));
        expect([Buffer.from(back.json), back.flatmap]).toEqual([Buffer.from(json), value.flatmap]);
      }),
    );
    const schemas = new Map([["lab_x", { version: 3, block: undefined }]]);
    const bytes = encodeMessage(ProviderSchemaResponse, { resourceSchemas: schemas });
    expect(decodeMessage(ProviderSchemaResponse, bytes).resourceSchemas).toEqual(schemas);
  });

  it("ends with a value or a RangeError, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(["object", "RangeError"]).toContain(outcome(() => decodeMessage(ProviderSchemaResponse, bytes)));
      }),
      { numRuns: 2000 },
    );
  });
});

function outcome(act: () => unknown): string {
  try {
    return typeof act();
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents } from "./event-stream.ts";

async function events(pieces: Uint8Array[]): Promise<[string, string][]> {
  const found: [string, string][] = [];
  async function* stream() {
    yield* pieces;
  }
  for await (const { event, data } of readEvents(stream())) found.push([event, data]);
  return found;
}

const bytes = (text: string) => new TextEncoder().encode(text);

test("events, comments and line ends of all kinds are read", async () => {
  const text = 'retry: 1\n\n: comment\r\nevent: line\r\ndata: {"a":1}\r\n\r\ndata: x\rdata:y\r\revent: end\ndata\n\n';
  expect(await events([bytes(text)])).toEqual([
    ["line", '{"a":1}'],
    ["message", "x\ny"],
    ["end", ""],
  ]);
});

test("an event that was cut off is not told", async () => {
  expect(await events([bytes("data: whole\n\ndata: half\n")])).toEqual([["message", "whole"]]);
});

test("it does not matter where the stream is cut into pieces", async () => {
  const text = "event: line\r\ndata: grün ±\r\n\r\ndata: 2\n\n";
  const whole = await events([bytes(text)]);
  expect(whole).toHaveLength(2);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes(text).length }), { maxLength: 6 }), async (cuts) => {
      const all = bytes(text);
      const at = [0, ...cuts.toSorted((a, b) => a - b), all.length];
      const pieces = at.slice(1).map((end, index) => all.subarray(at[index], end));
      expect(await events(pieces)).toEqual(whole);
    }),
  );
});

test("a server cannot fill the memory with one line", async () => {
  const megabyte = bytes("x".repeat(1_000_000));
  await expect(events(Array.from({ length: 6 }, () => megabyte))).rejects.toThrow("too long");
});

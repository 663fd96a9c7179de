import { expect, test } from "vitest";
import { z } from "zod";
import { describeKeys } from "./describe-keys.ts";

test("keys are listed with type, default and meaning; groups only where something is said of them", () => {
  const schema = z.strictObject({
    address: z.url().describe("Where."),
    listen: z.strictObject({ port: z.int().min(0).max(9).default(8).describe("Which.") }).prefault({}),
    tls: z.strictObject({ file: z.string() }).optional().describe("Secure."),
    level: z.enum(["low", "high"]).default("low"),
    tools: z.array(z.strictObject({ name: z.string(), count: z.int().positive().optional() })).default([]),
    either: z.union([z.string(), z.array(z.string())]).optional(),
  });
  const rows = describeKeys(schema).map(({ path, type, default: byDefault, required, meaning }) =>
    [path, type, byDefault, required ? "required" : "", meaning].join(" | "),
  );
  expect(rows).toEqual([
    "address | URL |  | required | Where.",
    "listen.port | integer, 0 to 9 | 8 |  | Which.",
    "tls | mapping |  |  | Secure.",
    "tls.file | string |  | required | ",
    'level | low, high | "low" |  | ',
    "tools | list of mappings | [] |  | ",
    "tools[].name | string |  | required | ",
    "tools[].count | integer, at least 1 |  |  | ",
    "either | string or list of string |  |  | ",
  ]);
});

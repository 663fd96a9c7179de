import { expect, test } from "vitest";
import { z } from "zod";
import { describeKeys } from "./describe-keys.ts";
import { EnvironmentFile, RepositoryFile, SealedFile } from "./schemas.ts";

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

test("keys of one's own are named by their schema's title, and each form of a value is told", () => {
  const Name = z.string().meta({ title: "component" });
  const schema = z.object({
    parts: z
      .record(Name, z.object({ size: z.int().meta({ description: "How large.", examples: [3], default: 1 }) }))
      .nullish(),
    offers: z
      .record(Name, z.array(z.string()))
      .meta({ description: "What for.", examples: [{ network: ["vpc_id", "*"] }] }),
    from: z.union([z.string(), z.object({ repository: z.string() })]).meta({ description: "Whence." }),
    version: z.literal(1),
  });
  const rows = describeKeys(schema).map(({ path, type, default: byDefault, example }) =>
    [path, type, byDefault, example].join(" | "),
  );
  expect(rows).toEqual([
    "parts.<component>.size | integer | 1 | 3",
    'offers | mapping |  | { network: [vpc_id, "*"] }',
    "from | string or mapping |  | ",
    "from.repository | string |  | ",
    "version | 1 |  | ",
  ]);
});

test("every key of a repository's files says what it means, with an example or its default", () => {
  const keys = [RepositoryFile, EnvironmentFile, SealedFile].flatMap(describeKeys);
  const isShown = ({ type, example, default: byDefault }: (typeof keys)[number]) =>
    type === "mapping" || example !== undefined || byDefault !== undefined;
  expect(keys.filter((key) => key.meaning === "" || !isShown(key)).map(({ path }) => path)).toEqual([]);
  expect(keys.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["owner", "scope", "components.<component>.path"]),
  );
});

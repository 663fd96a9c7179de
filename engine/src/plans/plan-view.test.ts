import { crc32 as crc, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { driftView } from "./outside-changes.ts";
import { parsePlan } from "./plan.ts";
import { planCounts } from "./plan-counts.ts";
import { planText } from "./plan-text.ts";
import { planView } from "./plan-view.ts";
import { readSavedPlan } from "./saved-plan.ts";
import { unpackZip } from "./zip.ts";

const secret = "s3cr3t-passphrase";
const resource = (address: string, change: object, rest: object = {}) => ({
  address,
  mode: "managed",
  type: "t",
  name: "n",
  change: {
    actions: ["update"],
    before: {},
    after: {},
    after_unknown: {},
    before_sensitive: {},
    after_sensitive: {},
    ...change,
  },
  ...rest,
});
const plan = (resources: object[], more: object = {}) =>
  parsePlan(JSON.stringify({ format_version: "1.2", terraform_version: "1", resource_changes: resources, ...more }));

describe("a secret planted anywhere is in no output", () => {
  const mask = { top: true, list: [false, { deep: true }], map: { k: true }, multi: true };
  const values = (value: string) => ({
    top: value,
    list: ["a", { deep: value }],
    map: { k: value },
    multi: { [value]: [value] },
  });
  const cases: [string, object[], object?][] = [
    ["after", [resource("t.a", { after: values(secret), after_sensitive: mask })]],
    ["before", [resource("t.a", { before: values(secret), before_sensitive: mask })]],
    [
      "before, no longer sensitive after",
      [resource("t.a", { before: values(secret), before_sensitive: mask, after: values(`${secret}2`) })],
    ],
    [
      "after, not sensitive before",
      [resource("t.a", { before: values(`${secret}2`), after: values(secret), after_sensitive: mask })],
    ],
    [
      "a whole resource",
      [
        resource("t.a", {
          before: values(secret),
          before_sensitive: true,
          after: values(secret),
          after_sensitive: true,
          actions: ["delete"],
        }),
      ],
    ],
    [
      "what a provider computed from it",
      [
        resource("t.a", {
          after: { top: secret, url: `https://u:${secret}@host/`, json: JSON.stringify({ a: secret }) },
          after_sensitive: { top: true },
        }),
      ],
    ],
    [
      "a key made of it",
      [resource("t.a", { after: { top: secret, tags: { [secret]: "x" } }, after_sensitive: { top: true } })],
    ],
    [
      "a type that changes",
      [
        resource("t.a", {
          before: { top: [secret, { a: secret }] },
          before_sensitive: { top: [true, { a: true }] },
          after: { top: "x" },
        }),
      ],
    ],
    [
      "an unknown neighbour",
      [
        resource("t.a", {
          before: { o: { a: secret, b: 1 } },
          before_sensitive: { o: { a: true } },
          after: {},
          after_unknown: { o: true },
        }),
      ],
    ],
    [
      "a list that is reordered",
      [
        resource("t.a", {
          before: { l: ["x", secret] },
          before_sensitive: { l: [false, true] },
          after: { l: [secret, "x"] },
          after_sensitive: { l: [true, false] },
        }),
      ],
    ],
    [
      "drift",
      [],
      {
        resource_drift: [
          resource("t.a", {
            before: values(secret),
            before_sensitive: mask,
            after: values(`${secret}2`),
            after_sensitive: mask,
          }),
        ],
      },
    ],
    [
      "an output",
      [],
      {
        output_changes: {
          o: {
            actions: ["update"],
            before: secret,
            before_sensitive: true,
            after: `${secret}2`,
            after_sensitive: false,
          },
        },
      },
    ],
    [
      "a structured output",
      [],
      { output_changes: { o: { actions: ["create"], after: { a: [secret] }, after_sensitive: { a: [true] } } } },
    ],
    [
      "prior state and planned values",
      [],
      { prior_state: { values: { x: secret } }, planned_values: { x: secret }, configuration: { c: secret } },
    ],
    [
      "a sensitive variable used bare",
      [resource("t.a", { after: { a: `x${secret}` } })],
      {
        variables: { v: { value: secret } },
        configuration: { root_module: { variables: { v: { sensitive: true } } } },
      },
    ],
    [
      "a long text that is shortened",
      [resource("t.a", { after: { top: secret, long: "x".repeat(1_995) + secret }, after_sensitive: { top: true } })],
    ],
  ];
  it.each(cases)("%s", (_, resources, more) => {
    const parsed = plan(resources, more);
    const view = planView(parsed);
    for (const output of [JSON.stringify(view), planText(view), JSON.stringify(driftView(parsed))])
      expect(output).not.toContain(secret.slice(0, 8));
  });
});

describe("a plan view", () => {
  const attributes = (before: unknown, after: unknown, more: object = {}) =>
    planView(
      plan([resource("t.a", { before: { x: before }, after: { x: after }, ...more })]),
    ).resources[0]?.attributes.map(({ path, change }) => `${change} ${path}`);

  it("shows what was inserted into a list as one addition", () => {
    expect(attributes([{ port: 1 }, { port: 2 }], [{ port: 0 }, { port: 1 }, { port: 2 }])).toEqual(["add x[0].port"]);
    expect(attributes(["a", "b"], ["b"])).toEqual(["remove x[0]"]);
    expect(attributes(["a", "b"], ["a", "c"])).toEqual(["change x[1]"]);
    expect(attributes(["a", "b"], ["b", "a"])).toEqual(["change x"]);
  });
  it("writes paths as HCL does", () => expect(attributes({}, { "a b": { c: 1 } })).toEqual(['add x["a b"].c']));
  it("shows a deep change and counts what stays", () => {
    const view = planView(
      plan([resource("t.a", { before: { a: { b: [1, { c: 2 }] }, d: 1 }, after: { a: { b: [1, { c: 3 }] }, d: 1 } })]),
    );
    expect(view.resources[0]).toMatchObject({ unchanged: 1, attributes: [{ path: "a.b[1].c", change: "change" }] });
  });
  it("is bounded", () => {
    const huge = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, "v".repeat(3_000)]));
    const view = planView(plan(Array.from({ length: 4 }, (_, index) => resource(`t.a${index}`, { after: huge }))));
    expect(JSON.stringify(view).length).toBeLessThan(20_000_000);
    expect(view.resources[0]).toMatchObject({ hidden: 1_800 });
    expect(planText(view).length).toBeLessThan(62_000);
  });
  it("says as text where a block begins and what is set on which line, where that is asked for", () => {
    const view = planView(plan([resource("t.a", { before: { x: 1, y: 1 }, after: { x: 2, y: 2 } })]));
    const placed = view.resources.map((one) => ({
      ...one,
      place: { file: "c/main.tf", line: 12 },
      attributes: one.attributes.map((attribute, index) => ({ ...attribute, ...(index === 0 ? { line: 14 } : {}) })),
    }));
    const text = planText({ ...view, resources: placed }, { places: true });
    expect(text).toContain("will be updated in place\n  # c/main.tf:12\n");
    expect(text).toContain("x = 1 -> 2 # line 14\n");
    expect(text).toContain("y = 1 -> 2\n");
    expect(planText({ ...view, resources: placed })).not.toMatch(/main\.tf|line 14/);
  });
  it("keeps hostile names on their line", () => {
    const view = planView(plan([resource('t.a["x\n+ forged\u001b[31m"]', { after: { "a\nb": "c\nd" } })]));
    expect(planText(view)).not.toMatch(/^\+ forged/m);
    expect(planText(view)).not.toContain("\u001B");
  });
});

describe("outside changes", () => {
  const drift = (before: unknown, after: unknown, actions = ["update"]) =>
    plan([], { resource_drift: [resource("t.a", { before, after, actions })] });
  it("count where they matter", () => {
    expect(planCounts(drift({ port: 1 }, { port: 2 })).outside).toBe(1);
    expect(planCounts(drift({ port: 1 }, null, ["delete"])).outside).toBe(1);
    expect(planCounts(drift({ tags: null, a: 1 }, { tags: {}, a: 1 })).outside).toBe(0);
    expect(planCounts(drift({ a: 1 }, { a: 1 }, ["no-op"])).outside).toBe(0);
  });
  it("say from what to what", () => {
    expect(driftView(drift({ port: 1 }, { port: 2 }))[0]).toMatchObject({
      action: "update",
      attributes: [{ path: "port", before: { text: "1" }, after: { text: "2" } }],
    });
    expect(driftView(drift({ port: 1 }, null, ["delete"]))[0]).toMatchObject({ action: "delete" });
  });
});

describe("a saved plan made to deceive is refused", () => {
  it.each([
    ["nothing", Buffer.alloc(0)],
    ["noise", Buffer.alloc(100, 7)],
    ["no plan in it", zip([["a", "x"]])],
    ["something in front", Buffer.concat([Buffer.from("x"), zip([["tfplan", "x"]])])],
    ["something behind", Buffer.concat([zip([["tfplan", "x"]]), Buffer.from("x")])],
    [
      "a name twice",
      zip([
        ["tfplan", "x"],
        ["tfplan", "y"],
      ]),
    ],
    ["a name outside", zip([["../tfplan", "x"]])],
    ["a bomb", zip([["tfplan", "\0".repeat(10_000_000)]], 100)],
  ])("%s", (_, bytes) => expect(() => readSavedPlan(bytes)).toThrow(/saved plan/));
  it("a sound one is read", () =>
    expect(
      unpackZip(zip([["a/b", "hello"]]))
        .get("a/b")
        ?.toString(),
    ).toBe("hello"));
  it("any flipped byte is seen or changes nothing", () => {
    const sound = zip([
      ["tfplan", "hello hello hello"],
      ["x", "y"],
    ]);
    for (let index = 0; index < sound.length; index++) {
      const bytes = Buffer.from(sound);
      bytes[index] = (bytes[index] ?? 0) ^ 0x41;
      let contents: string | undefined;
      try {
        contents = [...unpackZip(bytes)].map(([name, data]) => `${name.length}${Buffer.from(data).toString()}`).join();
      } catch {
        continue;
      }
      expect(contents).toBe("6hello hello hello,1y");
    }
  });
});

function zip(files: [string, string][], claimed?: number): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of files) {
    const data = deflateRawSync(text);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc(text), 16);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(claimed ?? text.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(header, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

describe("a secret that the plan was given is in no view, though code took its mark off", () => {
  const given = "hunter2-given-to-the-plan";
  const environment = `LAB_TOKEN=${given}\u0000PATH=/usr/bin`;
  it.each([
    ["as it is", given],
    ["within the process's environment", environment],
    ["in base64, wherever it begins", Buffer.from(environment).toString("base64")],
    ["in base64 after one more letter", Buffer.from(`x${environment}`).toString("base64")],
    ["in hex", Buffer.from(environment).toString("hex")],
    ["in an address", `https://example.com/?k=${encodeURIComponent(given)}`],
  ])("%s", (_how, printed) => {
    const change = { actions: ["create"], before: null, after: printed, after_unknown: false, after_sensitive: false };
    const view = planView(
      plan([resource("t.a", { after: { input: { list: [printed] } } })], {
        output_changes: { leak: change },
        resource_drift: [resource("t.b", { before: { a: "x" }, after: { a: printed } })],
      }),
      [given],
    );
    const shown = `${JSON.stringify(view)}\n${planText(view)}`;
    expect(shown).not.toContain(printed);
    expect(shown).not.toContain("hunter2");
    expect(shown).toContain("sensitive");
  });

  it("but what is short stands in a plan by chance", () => {
    const view = planView(plan([resource("t.a", { before: { tag: "a" }, after: { tag: "prod" } })]), ["prod"]);
    expect(JSON.stringify(view)).toContain("prod");
  });
});

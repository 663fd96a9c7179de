import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openSealing, readRootKeyFile, rootKeyOf, sealedOverhead } from "./index.ts";

const sealing = openSealing(rootKeyOf(Buffer.alloc(32, 7)));
const folder = mkdtempSync(join(tmpdir(), "plumbline-key-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what is sealed opens to the same bytes, and never looks the same twice", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 4_096 }),
      fc.string(),
      fc.uuid(),
      fc.uuid(),
      (bytes, kind, organization, id) => {
        fc.pre(kind.isWellFormed());
        const sealed = sealing.seal(kind, organization, id, bytes);
        expect(sealed.length).toBe(bytes.length + sealedOverhead);
        expect(sealing.open(kind, organization, id, sealed).equals(bytes)).toBe(true);
        expect(sealing.seal(kind, organization, id, bytes).equals(sealed)).toBe(false);
      },
    ),
  );
});

test("any flipped bit, any cut and any addition is refused", () => {
  const secret = Buffer.from("secret value");
  const sealed = sealing.seal("state-version", "o", "i", secret);
  const opens = (bytes: Buffer) => {
    try {
      sealing.open("state-version", "o", "i", bytes);
      return true;
    } catch {
      return false;
    }
  };
  expect(opens(sealed)).toBe(true);
  const accepted: string[] = [];
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    if (opens(changed)) accepted.push(`bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length++)
    if (opens(sealed.subarray(0, length))) accepted.push(`cut to ${length}`);
  if (opens(Buffer.concat([sealed, Buffer.of(0)]))) accepted.push("addition");
  expect(accepted).toEqual([]);
});

test("it opens for its own organization, kind and object only, and names the key it needs", () => {
  const sealed = sealing.seal("state-version", "org-a", "id-1", Buffer.from("x"));
  expect(() => sealing.open("state-version", "org-b", "id-1", sealed)).toThrow(/belongs to something else/);
  expect(() => sealing.open("plan", "org-a", "id-1", sealed)).toThrow(/belongs to something else/);
  expect(() => sealing.open("state-version", "org-a", "id-2", sealed)).toThrow(/belongs to something else/);
  const other = openSealing(rootKeyOf(Buffer.alloc(32, 8)));
  expect(() => other.open("state-version", "org-a", "id-1", sealed)).toThrow(`needs the root key ${sealing.keyId}`);
});

test("a data key cannot be moved from one object to another", () => {
  const one = sealing.seal("plan", "o", "1", Buffer.from("one"));
  const two = sealing.seal("plan", "o", "2", Buffer.from("two"));
  const contentAt = sealedOverhead - 28;
  const mixed = Buffer.concat([two.subarray(0, contentAt), one.subarray(contentAt)]);
  expect(() => sealing.open("plan", "o", "2", mixed)).toThrow(/was changed/);
});

test("derived keys are stable and differ by organization and purpose", () => {
  const keys = [
    sealing.derive("a", "plan-digest"),
    sealing.derive("b", "plan-digest"),
    sealing.derive("a", "other"),
    openSealing(rootKeyOf(Buffer.alloc(32, 8))).derive("a", "plan-digest"),
  ];
  expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(4);
  expect(sealing.derive("a", "plan-digest").equals(keys[0]!)).toBe(true);
});

test("100 MB are sealed and opened", () => {
  const bytes = randomBytes(100 * 1024 * 1024);
  expect(sealing.open("state-version", "o", "i", sealing.seal("state-version", "o", "i", bytes)).equals(bytes)).toBe(
    true,
  );
});

test("the root key file is made once, for the owner only", () => {
  const file = join(folder, "new", "root.key");
  expect(() => readRootKeyFile(file, { mayCreate: false })).toThrow(
    /is missing, but this installation has sealed data/,
  );
  const first = readRootKeyFile(file, { mayCreate: true });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(file).size).toBe(32);
  expect(readdirSync(join(folder, "new"))).toEqual(["root.key"]);
  expect(readRootKeyFile(file, { mayCreate: true }).keyId).toBe(first.keyId);
});

test("a root key file that others may read, or of another length, is refused", () => {
  const file = join(folder, "wrong.key");
  writeFileSync(file, Buffer.alloc(32), { mode: 0o644 });
  chmodSync(file, 0o640);
  expect(() => readRootKeyFile(file, { mayCreate: true })).toThrow(/only its owner may read/);
  chmodSync(file, 0o600);
  writeFileSync(file, Buffer.alloc(31));
  expect(() => readRootKeyFile(file, { mayCreate: true })).toThrow(/has 31 bytes/);
  writeFileSync(file, Buffer.alloc(32).toString("base64"));
  expect(() => readRootKeyFile(file, { mayCreate: true })).toThrow(
    expect.objectContaining({ next: expect.stringContaining("base64 -d") }),
  );
});

test("a root key file that cannot be reached is a mistake with a next step, not a stack", () => {
  for (const mayCreate of [true, false])
    expect(() => readRootKeyFile(join(folder, "x".repeat(300)), { mayCreate })).toThrow(
      expect.objectContaining({
        code: "config_invalid",
        message: expect.stringContaining("cannot be used by this user"),
        next: expect.stringContaining("the user that the server runs as"),
      }),
    );
});

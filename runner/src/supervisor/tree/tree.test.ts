import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TarMember, writeTar } from "../../testing/write-tar.ts";
import { unpackTree } from "./tree.ts";

const blobOf = (content: string) =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest("hex");
const entryOf = (path: string, content = "x", mode = "100644") => ({ path, mode, blob: blobOf(content) });

describe("unpackTree", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "tree-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const unpack = (
    members: TarMember[],
    entries = members.map(({ path, content = "x" }) => entryOf(path, String(content))),
  ) =>
    unpackTree({
      archive: writeTar(members),
      entries,
      directory: "c",
      targets: [join(root, "a"), join(root, "b")],
      largestTree: 1000,
    });

  it("writes exactly the listed files and the override, in every target", () => {
    const long = `c/${"long/".repeat(30)}file`;
    const lock = 'provider "a" {}';
    const members = [
      { path: "c/main.tf", content: 'terraform {\n  backend "s3" {}\n}' },
      { path: "c/.terraform.lock.hcl", content: lock },
      { path: "c/run.sh", content: "y", mode: 0o755 },
      { path: "c/", type: "5" },
      { path: long, content: "z" },
    ];
    const entries = [
      entryOf("c/main.tf", members[0]?.content),
      entryOf("c/.terraform.lock.hcl", lock),
      entryOf("c/run.sh", "y", "100755"),
      entryOf(long, "z"),
    ];
    const unpacked = unpack(members, entries);
    expect(unpacked.overridden).toEqual(["c/main.tf:2"]);
    expect(unpacked.lockFile).toBe(lock);
    expect([...unpacked.files.keys()]).toContain("c/plumbline_override.tf");
    for (const target of ["a", "b"]) {
      expect(readFileSync(join(root, target, long), "utf8")).toBe("z");
      expect(statSync(join(root, target, "c/run.sh")).mode & 0o111).not.toBe(0);
      expect(readFileSync(join(root, target, "c/plumbline_override.tf"), "utf8")).toBe(
        'terraform {\n  backend "http" {}\n}\n',
      );
    }
  });

  it.each<[string, TarMember[], { path: string; mode: string; blob: string }[] | undefined, RegExp]>([
    ["a link in the archive", [{ path: "c/l", type: "2", link: "/etc/passwd" }], undefined, /not a plain file/],
    ["a hard link in the archive", [{ path: "c/l", type: "1", link: "c/x" }], undefined, /not a plain file/],
    ["a device", [{ path: "c/l", type: "3" }], undefined, /not a plain file/],
    ["a link in the list", [{ path: "c/l" }], [entryOf("c/l", "x", "120000")], /is a symbolic link/],
    ["a submodule", [{ path: "c/l" }], [entryOf("c/l", "x", "160000")], /is a submodule/],
    ["a strange mode", [{ path: "c/l" }], [entryOf("c/l", "x", "104755")], /has the mode/],
    ["a path that leaves the tree", [{ path: "../out" }], undefined, /not a path in a tree/],
    ["a path that leaves the tree later", [{ path: "c/../../out" }], undefined, /not a path in a tree/],
    ["an absolute path", [{ path: "/out" }], undefined, /not a path in a tree/],
    ["a .git folder", [{ path: "c/.GIT/config" }], undefined, /not a path in a tree/],
    ["a .terraform folder", [{ path: "c/.terraform/modules/modules.json" }], undefined, /does not belong into Git/],
    ["other bytes than listed", [{ path: "c/x", content: "other" }], [entryOf("c/x")], /is not the blob/],
    [
      "a file that is not listed",
      [{ path: "c/x", content: "x" }, { path: "c/y" }],
      [entryOf("c/x")],
      /not in the list/,
    ],
    ["a file that is missing", [{ path: "c/x", content: "x" }], [entryOf("c/x"), entryOf("c/y")], /"c\/y" is missing/],
    [
      "a file twice",
      [
        { path: "c/x", content: "x" },
        { path: "c/x", content: "x" },
      ],
      [entryOf("c/x")],
      /or twice/,
    ],
    ["too many bytes", [{ path: "c/x", content: "x".repeat(1001) }], undefined, /more than 1000 bytes/],
    ["a stand-in for the override", [{ path: "c/plumbline_override.tofu", content: "x" }], undefined, /rename it/],
    ["no component", [{ path: "d/x", content: "x" }], undefined, /holds no file/],
  ])("refuses %s", (_what, members, entries, message) => {
    expect(() => unpack(members, entries)).toThrow(message);
    expect(existsSync(join(root, "out"))).toBe(false);
  });

  it("refuses an archive that is cut off or damaged", () => {
    const archive = writeTar([{ path: "c/x", content: "x" }]);
    const options = { entries: [entryOf("c/x")], directory: "c", largestTree: 1000 };
    expect(() => unpackTree({ ...options, archive: archive.subarray(0, 600), targets: [join(root, "a")] })).toThrow(
      /ends in the middle|no end/,
    );
    const damaged = Buffer.from(archive);
    damaged[0] = 0x64;
    expect(() => unpackTree({ ...options, archive: damaged, targets: [join(root, "b")] })).toThrow(/damaged/);
  });
});

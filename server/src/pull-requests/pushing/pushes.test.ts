import { expect, test } from "vitest";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { dev, owner, owner2, platform, reader } = fixture;

test("an empty repository takes one push to main, by an administrator, recorded", async () => {
  const early = await fixture.clone(dev);
  await early.commit("Rules", seedFiles);
  const notYet = await early.push("refs/for/main");
  expect(notYet.code).toBe(1);
  expect(notYet.said).toContain("The repository is empty");
  expect((await early.push("refs/heads/main")).said).toContain("dev may not make the first push to main");
  const clone = await fixture.clone(platform);
  await clone.commit("Rules", seedFiles);
  const seeded = await clone.push("refs/heads/main");
  expect(seeded.said).toContain("main is set");
  expect(seeded.code).toBe(0);
  await clone.commit("More", { "README.md": "more\n" });
  const again = await clone.push("refs/heads/main");
  expect(again.code).toBe(1);
  expect(again.said).toContain("main takes no pushes");
  expect(again.said).toContain("git push origin HEAD:refs/for/main");
  const [entry] = await fixture.database.sql<{ action: string; actor_name: string }>(
    "select action, actor_name from audit_events where action = 'repository.seeded'",
  );
  expect(entry).toEqual({ action: "repository.seeded", actor_name: "platform" });
});

test("force pushes, deletions and other refs are refused with what to do", async () => {
  const clone = await fixture.clone(platform);
  await clone.sync();
  await clone.commit("Rewritten", { "README.md": "x\n" }, "--amend");
  expect((await clone.push("refs/heads/main")).code).toBe(1);
  const deleted = await clone.git("push", "origin", ":refs/heads/main");
  expect(deleted.stderr).toContain("main cannot be deleted");
  const branch = await clone.push("refs/heads/feature");
  expect(branch.said).toContain("refs/heads/feature is not kept here");
  expect(branch.said).toContain("refs/for/main");
  expect((await clone.git("push", "origin", "HEAD:refs/tags/v1")).stderr).toContain("refs/tags/v1 is not kept here");
  expect((await clone.git("push", "origin", "HEAD:refs/plumbline/x")).code).toBe(1);
  expect((await clone.git("push", "origin", "HEAD:refs/for/other")).stderr).toContain("changes are for main");
});

test("a push to refs/for/main opens a pull request and plans what it affects", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add network and database\n\nTicket: OPS-7", componentFiles);
  const pushed = await clone.push("refs/for/main");
  expect(pushed.code).toBe(0);
  expect(pushed.said).toContain("Opened pull request #1: Add network and database");
  expect(pushed.said).toContain("http://plumbline.example/pull-requests/1");
  expect(pushed.said).toContain("4 workspaces are planned");
  const shown = await fixture.show(1);
  expect(shown).toMatchObject({ title: "Add network and database", ticket: "OPS-7", state: "planning", patchSet: 1 });
  expect(shown.ticketUrl).toBe("https://tickets.example/OPS-7");
  expect(shown.affected.map((one) => [one.workspace, one.relation])).toEqual([
    ["network/dev", "changed"],
    ["database/dev", "changed"],
    ["network/prod", "changed"],
    ["database/prod", "changed"],
  ]);
  expect(await fixture.plan()).toEqual(["network/dev", "network/prod", "database/dev", "database/prod"]);
  const planned = await fixture.show(1);
  expect(planned.state).toBe("waits");
  expect(planned.sentence).toBe("Planned and checked. Next: owner, owner2 or platform approves.");
  expect(planned.contributors.map(({ person }) => person.name)).toEqual(["dev"]);
});

test("an amended push is the next patch set of the same pull request; unchanged plans and nobody else's are kept", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add network and database\n\nTicket: OPS-7", {
    ...componentFiles,
    "environments/prod/database.tfvars": "size = 5 # why: customers\n",
  });
  const pushed = await clone.push("refs/for/main");
  expect(pushed.said).toContain("Patch set 2 of #1");
  expect(pushed.said).toContain("1 workspace is planned");
  expect(await fixture.plan()).toEqual(["database/prod"]);
  expect((await fixture.show(1)).patchSets.map((one) => one.number)).toEqual([2, 1]);
});

test("whoever may not propose is told which right he lacks, and nothing is kept", async () => {
  const clone = await fixture.clone(reader);
  await clone.sync();
  await clone.commit("Try", componentFiles);
  const pushed = await clone.push("refs/for/main");
  expect(pushed.code).not.toBe(0);
  expect(pushed.said).toContain("remote: reader may not propose");
  expect((await fixture.clone(owner)).directory).not.toBe((await fixture.clone(owner2)).directory);
});

test("a topic and pr= name the pull request; several that fit are refused with the list", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Write a guide", { "docs/guide.md": "one\n" });
  const first = await clone.push("refs/for/main/guide");
  expect(first.said).toContain("Opened pull request #2");
  expect(first.said).toContain("It affects no workspace");
  await clone.commit("Write a guide", { "docs/guide.md": "two\n" }, "--amend");
  expect((await clone.push("refs/for/main/other")).said).toContain("Opened pull request #3");
  await clone.commit("Write a guide", { "docs/guide.md": "three\n" }, "--amend");
  const unclear = await clone.push("refs/for/main");
  expect(unclear.code).toBe(1);
  expect(unclear.said).toContain("#3 Write a guide");
  expect(unclear.said).toContain("#2 Write a guide");
  expect(unclear.said).toContain("-o pr=<number>");
  expect((await clone.push("refs/for/main", "pr=2", "title=A better guide")).said).toContain("Patch set 2 of #2");
  expect((await fixture.show(2)).title).toBe("A better guide");
  const unknown = await clone.push("refs/for/main", "force=1");
  expect(unknown.said).toContain("not understood");
});

test("a mistake in the configuration is a failed check with file, line and proposal", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  const files = { ...componentFiles };
  files["plumbline.yaml"] = (files["plumbline.yaml"] ?? "").replace("depends_on: [network]", "depends_on: [netwrk]");
  await clone.commit("Break the configuration", files);
  const pushed = await clone.push("refs/for/main");
  expect(pushed.code).toBe(0);
  expect(pushed.said).toContain("plumbline.yaml:5: unknown component “netwrk”. Did you mean network?");
  const shown = await fixture.show(pushed.number);
  expect(shown.state).toBe("blocked");
  expect(shown.patchSets[0]?.problems).toMatchObject([{ file: "plumbline.yaml", line: 5, proposal: "network" }]);
  expect(shown.gate[0]).toMatchObject({ kind: "configuration", met: false, file: "plumbline.yaml", line: 5 });
});

test("hostile names and links are refused or reported, and nothing of them runs", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Newline", { "docs/a\nb.md": "x\n" });
  const newline = await clone.push("refs/for/main");
  expect(newline.said).toContain("control or invalid characters");
  await clone.sync();
  const script = '"><script>alert(1)</script>$(touch /tmp/plumbline-pwned)`id`.md';
  await clone.commit("Title $(touch /tmp/plumbline-pwned) <script>", { [`docs/${script.replaceAll("/", "")}`]: "x\n" });
  const strange = await clone.push("refs/for/main");
  expect(strange.code).toBe(0);
  expect((await fixture.show(strange.number)).title).toBe("Title $(touch /tmp/plumbline-pwned) <script>");
  await clone.sync();
  await clone.commit("Link", componentFiles);
  await clone.git("config", "core.symlinks", "true");
  const { symlink, access } = await import("node:fs/promises");
  await symlink("/etc/passwd", `${clone.directory}/components/network/secrets.tf`);
  await clone.commit("Link", {}, "--amend");
  const linked = await clone.push("refs/for/main/link");
  expect(linked.said).toContain("components/network/secrets.tf:1: symbolic links are not followed");
  await expect(access("/tmp/plumbline-pwned")).rejects.toThrow("ENOENT");
});

test("nothing failed inside", () => {
  expect(fixture.failures).toEqual([]);
});

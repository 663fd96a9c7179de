import { expect, test } from "vitest";
import { componentFiles, forgeFixture, seedFiles } from "../testing/forge-fixture.ts";

const fixture = await forgeFixture();
const { dev, platform } = fixture;

test("a change of CODEOWNERS that names teams or nobody is a mistake with file, line and proposal", async () => {
  const seeder = await fixture.clone(platform);
  await seeder.commit("Rules", {
    ...seedFiles,
    CODEOWNERS: "* @owner @owner2 @platform\n/components/network/ @acme/network @ghost @owner\n/modules/ @acme/dba\n",
  });
  await seeder.push("refs/heads/main");
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Name other owners", {
    CODEOWNERS: [
      "* @owner @stranger",
      "/a/ @ownr2",
      "/b/ @acme/platfrm",
      "/c/",
      "!/d/ @owner",
      "/e/ who@acme.example",
      "",
    ].join("\n"),
  });
  const { number, said } = await clone.push("refs/for/main");
  expect(said).toContain("CODEOWNERS:2: @ownr2 is nobody in this organization");
  const shown = await fixture.show(number);
  expect(shown.patchSets[0]?.problems.map(({ line, message, proposal }) => [line, message, proposal])).toEqual([
    [2, "@ownr2 is nobody in this organization, so nobody could approve this path. Did you mean @owner2?", "@owner2"],
    [3, "@acme/platfrm is a team, which means nobody here; name its members", "@platform"],
    [5, expect.stringContaining("matches nothing"), null],
    [6, "who@acme.example is nobody in this organization, so nobody could approve this path", null],
  ]);
  expect(shown.state).toBe("blocked");
  expect(shown.gate.find(({ kind }) => kind === "configuration")).toMatchObject({ file: "CODEOWNERS", line: 2 });

  await clone.commit("Name other owners", { CODEOWNERS: "* @owner @stranger\n/c/\n" }, "--amend");
  await clone.push("refs/for/main");
  expect((await fixture.show(number)).patchSets[0]?.problems).toEqual([]);
});

test("what main says already blocks nothing; the gate tells who of it is nobody", async () => {
  const clone = await fixture.clone(dev);
  await clone.sync();
  await clone.commit("Add components", { ...componentFiles, "modules/net/main.tf": "" });
  const { number } = await clone.push("refs/for/main/components", "ticket=OPS-1");
  const shown = await fixture.show(number);
  expect(shown.gate.find(({ kind }) => kind === "configuration")).toMatchObject({ met: true });
  const details = shown.gate.filter(({ kind }) => kind === "owner").map(({ detail }) => detail);
  expect(details).toContain(
    "Waits for owner. @acme/network is a team, which means nobody here. @ghost is nobody in this organization.",
  );
  expect(details).toContain(
    "Its owners @acme/dba made this change or are not here; somebody else must be added to CODEOWNERS. @acme/dba is a team, which means nobody here.",
  );
});

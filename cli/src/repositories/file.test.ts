import { getRepositoryFile } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

test("a file is printed as it is, or one line of it", async () => {
  await using api = await startFakeApi();
  api.answer(getRepositoryFile, ({ params, query }) => {
    expect([params.repository, query.path]).toEqual(["shop", "CODEOWNERS"]);
    return {
      repository: "shop",
      path: "CODEOWNERS",
      commit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
      onMain: true,
      subject: "Rules",
      text: "* @owner\n/policies/ @platform\n",
      isCut: false,
      owners: ["@owner"],
    };
  });
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const print = (...more: string[]) =>
    plumb(["repositories", "file", "CODEOWNERS", "--repository", "shop", ...more], { env });
  expect((await print()).stdout).toBe("* @owner\n/policies/ @platform\n");
  expect((await print("--line", "2")).stdout).toBe("/policies/ @platform\n");
  expect((await print("--line", "3")).stderr).toContain("CODEOWNERS has 2 lines.");
});

test("a pipe gets every character, a terminal none that steers it; what is cut says so beside it", async () => {
  await using api = await startFakeApi();
  api.answer(getRepositoryFile, () => ({
    repository: "shop",
    path: "Makefile",
    commit: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
    onMain: true,
    subject: "Rules",
    text: "all:\r\n\techo \u001B[2J\n",
    isCut: true,
    owners: [],
  }));
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const args = ["repositories", "file", "Makefile", "--repository", "shop"];
  const piped = await plumb(args, { env });
  expect(piped.stdout).toBe("all:\r\n\techo \u001B[2J\n");
  expect(piped.stderr).toContain("cut here");
  const { stdout } = await plumb(args, { env, isTerminal: true });
  expect(stdout).toBe("all:\n    echo \uFFFD[2J\n");
  expect((await plumb([...args, "--line", "1"], { env })).stderr).toBe("");
});

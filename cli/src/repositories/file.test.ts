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

import { listMainCommits } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";

test("commits of main tell where they are applied", async () => {
  await using api = await startFakeApi();
  const commit = {
    id: "8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812",
    subject: "Open the shop",
    author: "ada",
    at: "2026-11-22T07:00:00.000Z",
    pullRequest: 7,
    applied: ["dev", "test"],
  };
  api.answer(listMainCommits, ({ params }) => {
    expect(params.repository).toBe("shop");
    return { items: [commit, { ...commit, pullRequest: null, applied: [] }] };
  });
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const { stdout } = await plumb(["repositories", "commits", "shop"], { env });
  expect(stdout).toBe(`COMMIT        SUBJECT        BY   PR  APPLIED IN  AT
8c1f0e2b9d3a  Open the shop  ada  #7  dev test    60 min ago
8c1f0e2b9d3a  Open the shop  ada                  60 min ago
`);
});

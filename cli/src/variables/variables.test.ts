import { setVariable } from "@plumbline/contract";
import { expect, test } from "vitest";
import { startFakeApi } from "../testing/fake-api.ts";
import { plumb } from "../testing/fake-terminal.ts";
import { pullRequest } from "../testing/fixtures.ts";

test("a value comes from stdin or a prompt without echo, and is printed nowhere", async () => {
  await using api = await startFakeApi();
  const env = { PLUMBLINE_URL: api.url, PLUMBLINE_TOKEN: "t" };
  const stored: string[] = [];
  api.answer(setVariable, ({ body }) => {
    expect(body).toMatchObject({
      repository: "r",
      environment: "prod",
      component: "database",
      name: "admin_password",
    });
    stored.push(body.value);
    return { version: stored.length, pullRequest: pullRequest({ title: "Use version" }) };
  });
  const where = ["--environment", "prod", "--component", "database", "--repository", "r"];
  const args = ["variables", "set", "admin_password", ...where];
  const piped = await plumb(args, { env, stdin: "s3cret\nsecond line\n" });
  const typed = await plumb(args, { env, typed: "typed-s3cret\r" });
  expect(stored).toEqual(["s3cret\nsecond line", "typed-s3cret"]);
  expect(typed.stderr).toBe("Value of admin_password in prod: \n");
  for (const { exitCode, stdout, stderr } of [piped, typed]) {
    expect(exitCode).toBe(0);
    expect(stdout).toContain("puts it in use: #128 Use version");
    expect(stdout + stderr).not.toContain("s3cret");
  }
  expect((await plumb(args, { env, stdin: "" })).exitCode).toBe(2);
  // A value among the arguments is refused: other users of the machine could read it there.
  expect((await plumb([...args, "s3cret"], { env })).exitCode).toBe(2);
  expect(stored).toHaveLength(2);
});

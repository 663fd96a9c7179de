import { describe, expect, it } from "vitest";
import { readCodeOwners } from "./code-owners.ts";

describe("CODEOWNERS", () => {
  const file = `# who owns what
*                     @acme/everybody
*.tf                  @infra   # trailing comment
/docs/                docs@example.com
apps/                 @octocat
/build/logs/          @logs @ops
docs/*                @direct
/apps/github
**/secrets/**         @security
a/**/b                @between
my\\ folder/file.tf    @spaced
`;
  const owners = readCodeOwners(file);
  const cases: [string, string[] | undefined][] = [
    ["README.md", ["@acme/everybody"]],
    ["deep/down/main.tf", ["@infra"]],
    ["docs/a.md", ["@direct"]],
    ["docs/build/b.md", ["docs@example.com"]],
    ["x/docs/a.md", ["@acme/everybody"]],
    ["x/apps/y.txt", ["@octocat"]],
    ["apps/github/y.txt", []],
    ["build/logs/1", ["@logs", "@ops"]],
    ["x/build/logs/1", ["@acme/everybody"]],
    ["x/secrets/y/z", ["@security"]],
    ["a/b", ["@between"]],
    ["a/x/y/b/c", ["@between"]],
    ["my folder/file.tf", ["@spaced"]],
  ];
  it.each(cases)("%s", (path, expected) => expect(owners.ownersOf(path)?.owners).toEqual(expected));

  it("names the line that decides", () => {
    expect(owners.ownersOf("build/logs/1")).toEqual({ owners: ["@logs", "@ops"], pattern: "/build/logs/", line: 6 });
    expect(owners.problems).toEqual([]);
  });

  it("owns nothing where nothing matches", () => {
    expect(readCodeOwners("/x @a").ownersOf("y")).toBeUndefined();
    expect(readCodeOwners("").ownersOf("y")).toBeUndefined();
  });

  it("skips wrong lines and reports them", () => {
    const { problems, rules } = readCodeOwners("* somebody\n!x @a\n[ab].tf @a\nok @a\n", ".github/CODEOWNERS");
    expect(rules.map((rule) => rule.pattern)).toEqual(["ok"]);
    expect(problems.map((problem) => [problem.file, problem.line, problem.column])).toEqual([
      [".github/CODEOWNERS", 1, 3],
      [".github/CODEOWNERS", 2, 1],
      [".github/CODEOWNERS", 3, 1],
    ]);
  });

  it("is not slowed down by patterns made for it", () => {
    const hostile = readCodeOwners(`${"**/a*a*a*a*a*b/".repeat(60)} @x`);
    expect(hostile.ownersOf(`${"aaaaaaaaaaaaaaaaaaaa/".repeat(200)}c`)).toBeUndefined();
  });
});

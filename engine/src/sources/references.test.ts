import { describe, expect, it } from "vitest";
import { closureFiles, closureOf, referenceCache } from "./closure.ts";
import { hclLiterals } from "./literals.ts";
import { commitOf, plumbline } from "./testing/repository.ts";

const rest = {
  "plumbline.yaml": plumbline({ a: {} }, ["dev"]),
  "environments/dev/environment.yaml": "",
  "modules/m/main.tf": "",
  "modules/m/deep/n.tf": "",
  "modules/other/main.tf": "",
  "shared/x.json": "",
  "shared/y.json": "",
};

async function taken(code: string, files: Record<string, string> = {}, name = "main.tf") {
  const snapshot = commitOf({ ...rest, ...files, [`components/a/${name}`]: code });
  const closure = await closureOf(snapshot, "components/a", [], referenceCache());
  const paths = closureFiles(snapshot, closure)
    .map((file) => file.path)
    .filter((path) => !path.startsWith("components/a/"));
  return { paths, problems: closure.problems.map((problem) => problem.message) };
}

describe("what code refers to belongs to it", () => {
  const m = ["modules/m/deep/n.tf", "modules/m/main.tf"];
  const shared = ["shared/x.json", "shared/y.json"];
  const cases: [string, string, string[]][] = [
    ["a module", 'module "m" { source = "../../modules/m" }', m],
    ["a module with slashes", 'module "m" { source = "../../modules//m/" }', m],
    ["a file", 'locals { x = file("../../shared/x.json") }', ["shared/x.json"]],
    ["path.module", 'locals { x = file("${path.module}/../../shared/x.json") }', ["shared/x.json"]],
    [
      "path.root and path.cwd",
      'locals { x = ["${path.root}/../../shared/x.json", "${path.cwd}/../../shared/y.json"] }',
      shared,
    ],
    ["an unknown name in a directory", 'locals { x = file("../../shared/${var.x}.json") }', shared],
    ["an unknown name after path.module", 'locals { x = file("${path.module}/../../shared/${var.x}.json") }', shared],
    ["a pattern", 'locals { x = fileset(path.module, "../../shared/*.json") }', shared],
    ["a base in a local", 'locals {\n b = "../../shared"\n x = file("${local.b}/x.json") }', shared],
    [
      "inside an interpolation",
      'locals { x = "a${templatefile("../../shared/x.json", { b = "}" })}c" }',
      ["shared/x.json"],
    ],
    ["a command", 'locals { x = "bash -c ../../shared/x.json now" }', ["shared/x.json"]],
    ["a heredoc", "locals {\n x = <<-EOT\n  run ${path.module}/../../shared/x.json\n  EOT\n}", ["shared/x.json"]],
    [
      "after a heredoc that looks like code",
      'locals {\n x = <<EOT\n " /* # \nEOT\n}\nmodule "m" { source = "../../modules/m" }',
      m,
    ],
    ["after a comment that looks like a text", '# "\n// "\n/* " */\nmodule "m" { source = "../../modules/m" }', m],
    ["an escape", 'module "m" { source = "..\\u002F../modules/m" }', m],
    ["not in comments", '# "../../modules/m"\n/* "../../modules/m" */', []],
    ["not escaped interpolations", 'locals { x = "$${"\n y = "../../shared/x.json" }', ["shared/x.json"]],
    ["an address on the web", 'module "m" { source = "git::https://example.com/x.git//a/b?ref=v1" }', []],
  ];
  it.each(cases)("%s", async (_, code, expected) => {
    expect(await taken(code)).toEqual({ paths: expected, problems: [] });
  });

  it("an unknown part that climbs takes every height", async () => {
    const { paths } = await taken('locals { x = file("../../modules/${var.x}/../../shared/x.json") }');
    expect(paths).toEqual(expect.arrayContaining([...m, ...shared]));
  });

  it("dirname takes the directories above", async () => {
    const { paths } = await taken('locals { x = file("${dirname(dirname(path.module))}/shared/x.json") }');
    expect(paths).toContain("shared/x.json");
  });

  it("joined parts take the whole directory above", async () => {
    const { paths } = await taken('locals { x = file(join("/", [path.module, "../..", "shared", "x.json"])) }');
    expect(paths).toContain("shared/x.json");
  });

  it("JSON syntax", async () => {
    const code = JSON.stringify({
      module: { m: { source: "../../modules/m" } },
      locals: { x: '${file("../../shared/x.json")}' },
    });
    expect((await taken(code, {}, "main.tf.json")).paths).toEqual([...m, "shared/x.json"]);
  });

  it("modules of modules, circles included, and templates that read files", async () => {
    const files = {
      "modules/m/main.tf": 'module "o" { source = "../other" }',
      "modules/other/main.tf":
        'module "m" { source = "../m" }\nlocals { t = templatefile("${path.module}/t.tftpl", {}) }',
      "modules/other/t.tftpl": 'a ${file("../../shared/x.json")} b',
    };
    const { paths } = await taken('module "m" { source = "../../modules/m" }', files);
    expect(paths).toEqual([
      "modules/m/deep/n.tf",
      "modules/m/main.tf",
      "modules/other/main.tf",
      "modules/other/t.tftpl",
      "shared/x.json",
    ]);
  });

  it("a path that leaves the repository is a problem, a text that only looks like one is not", async () => {
    expect((await taken('locals { x = file("../../../etc/passwd") }')).problems).toEqual([
      'the path "../../../etc/passwd" leaves the repository',
    ]);
    expect((await taken('locals { x = "see ../../../../x" }')).problems).toEqual([]);
  });

  it("a link on the way to what is referred to is seen", async () => {
    const snapshot = commitOf({
      ...rest,
      link: { mode: "120000", text: "modules" },
      "components/a/main.tf": 'module "m" { source = "../../link/m" }',
    });
    const { problems } = await closureOf(snapshot, "components/a", [], referenceCache());
    expect(problems.map((problem) => problem.file)).toEqual(["link"]);
  });

  it("is found to the end of broken files, at once", () => {
    for (const text of ['"', "<<", "<<EOT\n", '"${', '"${"${"${'.repeat(2_000), "${".repeat(50_000), '"\\'])
      expect(Array.isArray(hclLiterals(text))).toBe(true);
    expect(hclLiterals('x = "never closed\ny = "../../modules/m"').at(-1)?.parts).toEqual(["../../modules/m"]);
  });
});

it("keeps a bounded number of what it found, the newest", async () => {
  const cache = referenceCache();
  for (let index = 0; index < 50_000; index += 1) cache.files.set(`old ${index}`, Promise.resolve([]));
  const snapshot = commitOf({ ...rest, "components/a/main.tf": 'module "m" { source = "../../modules/m" }' });
  await closureOf(snapshot, "components/a", [], cache);
  expect(cache.files.size).toBe(50_000);
  expect(cache.files.has("old 0")).toBe(false);
  expect(cache.files.has("old 49999")).toBe(true);
});

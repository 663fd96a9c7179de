import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;
/** From the top down; a folder may import what stands after it. `api` is used by all but `ui` and `util`. */
const order = ["pages", "forms", "tables", "components", "api", "ui", "util"];
/** Forms and tables are used by each other's panels: a panel of `components` may hold a form. */
const allowed: Record<string, string[]> = { components: ["forms", "tables"], ui: ["api"] };

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? files(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  );
}

test("imports go down: pages, forms, tables, components, api, ui, util", () => {
  const wrong = files(root).flatMap((file) => {
    const from = relative(root, file).split("/")[0] ?? "";
    const own = order.indexOf(from);
    if (own === -1) return [];
    return [...readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)"/g)].flatMap(([, specifier = ""]) => {
      const to = relative(root, resolve(file, "..", specifier)).split("/")[0] ?? "";
      const target = order.indexOf(to);
      return target === -1 || target >= own || allowed[from]?.includes(to) === true
        ? []
        : [`${relative(root, file)} imports ${specifier}`];
    });
  });
  expect(wrong).toEqual([]);
});

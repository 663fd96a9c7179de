import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../docs/decisions/", import.meta.url);

/** docs/decisions/README.md: every decision by its title. */
export function decisionsPage(): string {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.*\.md$/.test(name));
  const items = names.toSorted().map((name) => {
    const [title = ""] = readFileSync(new URL(name, folder), "utf8").split("\n");
    return `- [${title.replace(/^# /, "")}](${name})`;
  });
  return `# Decisions

<!-- Made by \`npm run docs\` from the pages beside it; a test fails while it is out of step. -->

What was decided that would be hard to change, with what led to it and what follows.

${items.join("\n")}
`;
}

import { getScope, scopeCategories } from "@plumbline/contract";
import type { EnvironmentScope, ScopePart } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look, Style } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";

export interface ScopeOptions {
  environments?: string;
  repository?: string;
  missing?: boolean;
}

const words: Record<ScopePart["state"], { text: string; style: Style | undefined }> = {
  codified: { text: "code", style: "green" },
  missing: { text: "missing", style: "red" },
  "not-needed": { text: "not needed", style: "dim" },
};

/** `plumb scope` */
export async function showScope(context: Context, { environments, repository, missing }: ScopeOptions): Promise<void> {
  const client = await context.client();
  const { items } = await client.call(getScope, { query: { environments, repository } });
  const shown = items.map((one) => ({
    ...one,
    parts: missing === true ? one.parts.filter(({ state }) => state === "missing") : one.parts,
  }));
  context.print({ items: shown }, scopeLines);
}

function scopeLines({ items }: { items: readonly EnvironmentScope[] }, look: Look): string[] {
  return table(
    look,
    [{ title: "ENVIRONMENT" }, { title: "PART" }, { title: "STATE" }, { title: "WHAT", least: 20 }, { title: "OWNER" }],
    items.flatMap(({ environment, owners, parts }) =>
      parts.map((part) => [
        environment,
        scopeCategories[part.category],
        words[part.state],
        part.state === "codified"
          ? part.types.map(({ type, count }) => (count === 1 ? type : `${count} ${type}`)).join(", ")
          : (part.reason ?? ""),
        part.state === "missing" ? owners.join(" ") || "nobody" : "",
      ]),
    ),
    "Nothing is missing.",
  );
}

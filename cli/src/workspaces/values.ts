import { listWorkspaceValues } from "@plumbline/contract";
import type { ValueOrigin, WorkspaceValue } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";

const words: Record<ValueOrigin["source"], string> = {
  workspace_file: "workspace file",
  environment_file: "environment file",
  component_file: "component file",
  sealed: "sealed",
  input: "output",
  default: "default",
};

/** `plumb workspaces values` */
export async function showValues(context: Context, workspace: string): Promise<void> {
  const client = await context.client();
  const found = await client.call(listWorkspaceValues, { params: { workspace } });
  context.print(found, ({ items, problems }, look) => [
    ...problems.map(({ file, line, message }) => look.paint("red", `${file}:${line}: ${message}`)),
    ...table(
      look,
      [
        { title: "VARIABLE", least: 12 },
        { title: "VALUE", least: 12 },
        { title: "FROM" },
        { title: "WHERE", least: 16, extra: true },
        { title: "WHY", least: 12, extra: true },
      ],
      items.flatMap((item) => valueRows(item)),
      "No variables.",
    ),
  ]);
}

function valueRows({ name, declared, sensitive, origin, overrides }: WorkspaceValue): Parameters<typeof table>[2] {
  const note = declared === null ? " (not in the code)" : "";
  const first =
    origin === null
      ? [name, { text: "no value", style: "red" as const }, "", "", ""]
      : [`${name}${note}`, text(origin, sensitive), words[origin.source], place(origin), origin.why ?? ""];
  const weaker = overrides.map((one) =>
    ["  instead of", text(one, sensitive), words[one.source], place(one), one.why ?? ""].map((cell) => ({
      text: cell,
      style: "dim" as const,
    })),
  );
  return [first, ...weaker];
}

function text(origin: ValueOrigin, sensitive: boolean): string {
  if (origin.source === "sealed") return `version ${origin.version} of ${origin.owner}`;
  if (origin.source === "input") return origin.from ?? "";
  return sensitive ? "(sensitive value)" : (origin.value ?? "").replaceAll(/\s+/g, " ");
}

function place({ file, line }: ValueOrigin): string {
  return file === null ? "" : `${file}:${line ?? 1}`;
}

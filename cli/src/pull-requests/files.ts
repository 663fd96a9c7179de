import { listChangedFiles } from "@plumbline/contract";
import type { ChangedFile } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Look } from "../terminal/look.ts";
import { table } from "../terminal/table.ts";

export interface FilesOptions {
  patch?: boolean;
}

/** `plumb prs files` */
export async function showFiles(context: Context, number: number, { patch }: FilesOptions): Promise<void> {
  const client = await context.client();
  const found = await client.call(listChangedFiles, { params: { number } });
  context.print(found, ({ items }, look) => [
    ...fileTable(items, look),
    ...(patch === true ? items.flatMap((file) => patchLines(file, look)) : []),
  ]);
}

/** Changed files, with how much and whose they are. */
export function fileTable(items: readonly ChangedFile[], look: Look): string[] {
  return table(
    look,
    [
      { title: "FILE", least: 20 },
      { title: "", least: 7 },
      { title: "+", align: "right" },
      { title: "-", align: "right" },
      { title: "OWNERS", least: 8 },
    ],
    items.map(({ path, oldPath, status, added, removed, owners }) => [
      oldPath === null || oldPath === path ? path : `${oldPath} → ${path}`,
      status,
      String(added),
      String(removed),
      owners.join(" "),
    ]),
    "No file is changed.",
  );
}

function patchLines({ path, patch }: ChangedFile, look: Look): string[] {
  const styles = { "+": "green", "-": "red", "@": "cyan" } as const;
  return [
    "",
    look.paint("bold", path),
    ...(patch ?? "binary, or too large to show")
      .trimEnd()
      .split("\n")
      .map((line) => {
        const first = line[0];
        return look.paint(first === "+" || first === "-" || first === "@" ? styles[first] : undefined, line);
      }),
  ];
}

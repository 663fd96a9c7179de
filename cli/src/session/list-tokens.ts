import { listTokens } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import { table } from "../terminal/table.ts";
import { ago } from "../terminal/words.ts";

/** `plumb tokens list` */
export async function listAll(context: Context): Promise<void> {
  const client = await context.client();
  const found = await client.call(listTokens, {});
  context.print(found, ({ items }, look) =>
    table(
      look,
      [
        { title: "ID" },
        { title: "NAME", least: 10 },
        { title: "SCOPES", least: 8 },
        { title: "USED" },
        { title: "EXPIRES" },
      ],
      items.map(({ id, name, scopes, lastUsedAt, expiresAt, revokedAt }) => [
        { text: id, style: revokedAt === null ? undefined : "dim" },
        name,
        scopes.join(" "),
        ago(lastUsedAt, look.now),
        revokedAt !== null ? "revoked" : (expiresAt?.slice(0, 10) ?? "never"),
      ]),
      "No tokens.",
    ),
  );
}

import { readFileSync } from "node:fs";
import { acceptTool, listTools, problem, ToolLock } from "@plumbline/contract";
import type { LockedTool } from "@plumbline/contract";
import type { Context } from "../command/context.ts";
import type { Client } from "../connection/client.ts";

export interface AcceptOptions {
  hash?: string;
  lock?: string;
}

/** `plumb tools accept` */
export async function accept(
  context: Context,
  name: "terraform" | "tofu" | undefined,
  version: string | undefined,
  options: AcceptOptions,
): Promise<void> {
  if ((options.lock === undefined) === (name === undefined || version === undefined))
    throw problem("invalid_request", "Give an engine and its version, or --lock and a file.");
  const client = await context.client();
  const tools =
    options.lock === undefined
      ? await foundTools(client, name ?? "", version ?? "", options.hash)
      : readLock(options.lock);
  const accepted = [];
  for (const body of tools) accepted.push(await client.call(acceptTool, { body }));
  context.print({ accepted }, (shown) =>
    shown.accepted.map((tool) => `Accepted ${tool.name} ${tool.version} for ${tool.platform}, SHA-256 ${tool.sha256}.`),
  );
}

/** What runners have of a version: one binary for each platform, so that nobody accepts two by one word. */
async function foundTools(
  client: Client,
  name: string,
  version: string,
  sha256: string | undefined,
): Promise<LockedTool[]> {
  const { found, items } = await client.call(listTools, {});
  const fitting = found.filter(
    (tool) => tool.name === name && tool.version === version && (sha256 === undefined || tool.sha256 === sha256),
  );
  if (fitting.length === 0) {
    if (items.some((tool) => tool.name === name && tool.version === version && tool.withdrawnAt === null))
      throw problem("already_exists", `${name} ${version} is accepted already.`, {
        next: "plumb tools list shows it.",
      });
    throw problem("not_found", `No runner has a ${name} ${version} that is not accepted.`, {
      next: "Put it on a runner, or add it from its release: plumb tools add.",
    });
  }
  if (new Set(fitting.map(({ platform }) => platform)).size < fitting.length)
    throw problem("invalid_request", `Runners have several binaries of ${name} ${version} for one platform.`, {
      next: `Say which: ${fitting.map((tool) => `--hash ${tool.sha256} (${tool.runners.join(", ")})`).join(" or ")}`,
    });
  return fitting.map(({ runners, ...tool }) => ({
    ...tool,
    source: `found on runner ${runners.join(", ")}`.slice(0, 500),
    archive: null,
  }));
}

function readLock(file: string): LockedTool[] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw problem("invalid_request", `${file} cannot be read as JSON.`, { cause });
  }
  const parsed = ToolLock.safeParse(value);
  if (parsed.success) return parsed.data.tools;
  const [issue] = parsed.error.issues;
  throw problem("invalid_request", `${file} is no tool lock: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}.`, {
    next: "plumb tools lock writes one.",
  });
}

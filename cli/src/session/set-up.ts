import { readFileSync } from "node:fs";
import { getSetUp, openSetUp, problem, setUp } from "@plumbline/contract";
import { newPassword } from "../people/new-password.ts";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { makeClient } from "../connection/client.ts";
import { serverUrl } from "../connection/server-url.ts";
import { printableLine } from "../terminal/clean.ts";
import { ask, confirm } from "../terminal/prompt.ts";

export interface SetUpOptions {
  organization: string;
  name: string;
  displayName: string;
  email: string;
  secretFile?: string;
  rootKeyKept?: boolean;
}

/** `plumb set-up`: makes the first organization and its administrator. Whether the root key is kept is asked before. */
export async function setUpInstallation(context: Context, address: string, options: SetUpOptions): Promise<void> {
  const { organization, name, displayName, email, secretFile, rootKeyKept } = options;
  const { terminal } = context;
  const url = serverUrl(address);
  const client = makeClient(url, {});
  const { needed } = await client.call(getSetUp, {});
  if (!needed) throw problem("wrong_status", `${url} is set up already.`, { next: `Sign in: plumb login ${url}` });
  const secret = secretFile === undefined ? await ask(terminal, "Set-up secret: ", { hidden: true }) : read(secretFile);
  const { rootKey } = await client.call(openSetUp, { body: { secret } });
  const key = `the root key ${printableLine(rootKey.keyId)} (${printableLine(rootKey.file)} on the server's machine)`;
  if (rootKeyKept !== true) {
    context.say(`Without ${key} no backup can be read and no state be opened.`);
    await confirm(terminal, "Type kept once a copy of it is kept apart from the installation: ", "kept");
  }
  const password = await newPassword(context, name);
  const me = await client.call(setUp, {
    body: { secret, organization, administrator: { name, displayName, email, password }, rootKeyKept: true },
  });
  context.print({ ...me, rootKey }, (shown) => [
    `Set up: organization ${shown.organization}, administrator ${shown.name}.`,
    `Next: plumb login ${url} --name ${shown.name}`,
  ]);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new UsageFault(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      "The server says at its start where the set-up secret is.",
    );
  }
}

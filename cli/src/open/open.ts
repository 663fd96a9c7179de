import type { Context } from "../command/context.ts";
import { findServer } from "../connection/connect.ts";
import { findBrowser, startBrowser } from "./browser.ts";
import { pageOf } from "./page-of.ts";

export interface OpenOptions {
  print?: boolean;
}

/** `plumb open`: needs to know the server, not a token; the page asks for the login itself. */
export async function openPage(context: Context, thing: readonly string[], { print }: OpenOptions): Promise<void> {
  const { env, isTerminal } = context.terminal;
  const address = findServer(env) + pageOf(thing);
  const browser = print === true || !isTerminal.stdout ? undefined : findBrowser(env, process.platform);
  const opened = browser !== undefined && (await startBrowser(browser, address, env));
  context.print({ address, opened }, (shown) => [shown.opened ? `Opened ${shown.address}` : shown.address]);
}

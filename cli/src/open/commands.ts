import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { leaf } from "../command/leaf.ts";
import type { OpenOptions } from "./open.ts";

/** `plumb open` */
export function addOpen(program: Command, context: Context): void {
  leaf(program, "open", "Open a page in the browser; where there is none, its address is printed", [
    "plumb open                     # the overview",
    "plumb open 128                 # pull request 128; also #128 or pr 128",
    "plumb open run 1893",
    "plumb open database/prod       # a workspace",
    "plumb open case 57 --print",
    "plumb open settings",
  ])
    .argument("[thing...]", "a pull request, run N, case N, a workspace, or the name of a page")
    .option("--print", "only print the address")
    .action(async (thing: string[], options: OpenOptions) =>
      (await import("./open.ts")).openPage(context, thing, options),
    );
}

import { Argument } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { AcceptOptions } from "./accept.ts";
import type { AddOptions } from "./add.ts";

type Name = "terraform" | "tofu";

/** `plumb tools …` */
export function addTools(program: Command, context: Context): void {
  const tools = group(program, "tools", "Engines: which binaries runs may use");
  const name = () => new Argument("<name>", "which engine").choices(["terraform", "tofu"]);
  leaf(tools, "list", "List accepted engines, and what runners have that nobody has accepted", [
    "plumb tools list",
  ]).action(async () => (await import("./list.ts")).listAll(context));
  leaf(tools, "add", "Take an engine out of its release, put it where runners find it, and accept it", [
    "plumb tools add terraform 1.11.4 --from /srv/releases --into /var/lib/plumbline-runner/tools",
    "plumb tools add tofu 1.10.6 --from 'https://tools.example.com/{name}/v{version}/{file}'",
  ])
    .addArgument(name())
    .argument("<version>", "1.11.4")
    .option(
      "--from <place>",
      "the release's zip, the folder that holds it, or an address, with {name} {version} {platform} {file}; else PLUMBLINE_TOOL_MIRROR",
    )
    .option("--into <folder>", "where to put the binary; without it, runners fetch it from their mirror")
    .option("--platform <platform>", "for another one than this machine: linux_arm64")
    .option("--hash <sha256>", "of the zip; without it, that of the list SHA256SUMS beside it")
    .option("--no-accept", "only put it there")
    .action(async (engine: Name, version: string, options: AddOptions) =>
      (await import("./add.ts")).addTool(context, engine, version, options),
    );
  leaf(tools, "accept", "Accept an engine that runners have; runs whose constraint it satisfies use it from now on", [
    "plumb tools accept terraform 1.11.4",
    "plumb tools accept --lock tools.lock.json",
  ])
    .addArgument(new Argument("[name]", "which engine").choices(["terraform", "tofu"]))
    .argument("[version]", "1.11.4")
    .option("--hash <sha256>", "which binary, where runners have several of that version")
    .option("--lock <file>", "accept what another installation has accepted")
    .action(async (engine: Name | undefined, version: string | undefined, options: AcceptOptions) =>
      (await import("./accept.ts")).accept(context, engine, version, options),
    );
  leaf(tools, "withdraw", "Withdraw an engine: no run starts with it any more", [
    "plumb tools withdraw terraform 1.11.3",
  ])
    .addArgument(name())
    .argument("<version>", "1.11.3")
    .option("--hash <sha256>", "only this binary")
    .action(async (engine: Name, version: string, options: { hash?: string }) =>
      (await import("./withdraw.ts")).withdraw(context, engine, version, options),
    );
  leaf(tools, "lock", "Print what is accepted as tools.lock.json, for another installation", [
    "plumb tools lock > tools.lock.json",
  ]).action(async () => (await import("./lock.ts")).printLock(context));
}

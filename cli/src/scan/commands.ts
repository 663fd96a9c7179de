import { Option } from "commander";
import type { Command } from "commander";
import { severities } from "@plumbline/contract/findings";
import type { Context } from "../command/context.ts";
import { collect, leaf } from "../command/leaf.ts";
import type { ScanFlags } from "./scan.ts";

/** `plumb scan` */
export function addScan(program: Command, context: Context): void {
  leaf(program, "scan", "Judge a plan, a state or a directory of sources, offline", [
    "plumb scan .",
    "plumb scan plan.out --format sarif --output plumb.sarif",
    "plumb scan plan.json --source components/network --environment prod --policies policies",
    "plumb scan . --scanner checkov --scanner trivy",
    "plumb scan . --fix",
    "terraform state pull | plumb scan - --fail-on critical",
  ])
    .argument("<path>", "a saved plan, a plan or state as JSON, a directory, or - for standard input")
    .option("--policies <directory>", "directory with plumbline-policy.yaml and *.rego")
    .addOption(
      new Option("--format <format>", "how it is printed")
        .choices(["text", "json", "sarif", "junit", "gitlab", "markdown"])
        .default("text"),
    )
    .addOption(
      new Option("--fail-on <severity>", "findings of this severity and worse end it with 1")
        .choices([...severities])
        .default("high"),
    )
    .option("--environment <name>", "the environment whose values and policy hold")
    .option("--source <directory>", "where the sources of the plan's root module are")
    .addOption(new Option("--scanner <name>", "run this scanner, too; may be given more than once").argParser(collect))
    .option("--scanners <file>", "the file that describes scanners; checkov and trivy are also found on PATH")
    .option("--fix", "write into the sources of a directory what mends findings mechanically, and judge them again")
    .option("--diff", "print what --fix would change, and change nothing")
    .option("--output <file>", "write the report there instead of printing it")
    .addHelpText(
      "after",
      "\nExit codes:\n  0  clean    1  findings at or above --fail-on    2  not everything could be judged",
    )
    .action(async (path: string, flags: ScanFlags) => (await import("./scan.ts")).scanPath(context, path, flags));
}

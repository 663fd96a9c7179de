import { statSync } from "node:fs";
import { Option } from "commander";
import type { Command } from "commander";
import { severities } from "@plumbline/contract/findings";
import type { Context } from "../command/context.ts";
import { UsageFault } from "../command/faults.ts";
import { group, leaf } from "../command/leaf.ts";
import type { RuleFilter } from "./list.ts";

interface OnMain {
  repository?: string;
}

/** `plumb rules list|show|test` */
export function addRules(program: Command, context: Context): void {
  const rules = group(program, "rules", "The rules that plans and sources are judged by");
  leaf(rules, "list", "List the rules", [
    "plumb rules list",
    "plumb rules list --type aws_s3_bucket --severity critical",
    "plumb rules list --repository shop-infrastructure   # as the policy on its main has them",
  ])
    .addOption(new Option("--severity <severity>", "of this severity").choices([...severities]))
    .option("--type <type>", "for this type of resource")
    .option("--category <category>", "of this category")
    .option("--repository <name>", "as the policy on this repository's main has them, with what they find")
    .action(async ({ repository, ...filter }: RuleFilter & OnMain) => {
      if (repository === undefined) return (await import("./list.ts")).listRules(context, filter);
      if (filter.type !== undefined)
        throw new UsageFault("--type is for rules of this plumb.", "Leave out --type, or --repository.");
      return (await import("./on-main.ts")).listOnMain(context, repository, filter);
    });
  leaf(rules, "show", "Show a rule: why, how to fix it, examples", [
    "plumb rules show aws-rds-public",
    "plumb rules show aws-rds-public --repository shop-infrastructure",
  ])
    .argument("<id>", "the rule's id")
    .option("--repository <name>", "as the policy on this repository's main has it")
    .action(async (id: string, { repository }: OnMain) => {
      if (repository === undefined) (await import("./show.ts")).showRule(context, id);
      else await (await import("./on-main.ts")).showOnMain(context, repository, id);
    });
  leaf(rules, "test", "Run the examples of the rules, or the tests of a directory of Rego policies", [
    "plumb rules test",
    "plumb rules test aws-rds-public",
    "plumb rules test policies",
  ])
    .argument("[id-or-directory]", "the rule's id, or a directory with *_test.rego; all rules where it is left out")
    .action(async (name: string | undefined) => {
      const isDirectory = name !== undefined && statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
      if (isDirectory) await (await import("./test-policies.ts")).testPolicyDirectory(context, name);
      else (await import("./test.ts")).testRules(context, name);
    });
}

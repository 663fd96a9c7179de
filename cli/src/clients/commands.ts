import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { ReportOptions } from "./report.ts";
import type { ScopeOptions } from "./scope.ts";

/** `plumb clients …`, `plumb scope` and `plumb report` */
export function addClients(program: Command, context: Context): void {
  const clients = group(program, "clients", "Clients: whom environments such as globex/prod belong to");
  leaf(clients, "list", "List clients with how their environments stand", ["plumb clients list"]).action(async () =>
    (await import("./list.ts")).listAll(context),
  );
  leaf(program, "scope", "Show which parts of each environment are code, and who answers for what is missing", [
    "plumb scope",
    "plumb scope --environments 'globex/*' --missing",
  ])
    .option("--environments <pattern>", "only these: prod, globex/*")
    .option("--repository <name>", "only of this repository")
    .option("--missing", "only what is missing")
    .action(async (options: ScopeOptions) => (await import("./scope.ts")).showScope(context, options));
  leaf(program, "report", "Report changes, approvals, drift, findings and controls of environments in a period", [
    "plumb report 'globex/*' --from 2026-10-01 --to 2026-10-31",
    "plumb report 'globex/*' --format html > globex.html",
    "plumb report prod --format csv > prod.csv",
  ])
    .argument("<environments>", "a name or a pattern: prod, globex/*")
    .option("--from <day>", "the first day; 30 days before the end without it")
    .option("--to <day>", "the last day; now without it")
    .addOption(new Option("--format <format>", "how it is printed").choices(["text", "csv", "html"]).default("text"))
    .action(async (environments: string, options: ReportOptions) =>
      (await import("./report.ts")).showReport(context, environments, options),
    );
}

import { suggest } from "@plumbline/contract/configuration/suggestion";
import { Command } from "commander";
import installation from "../package.json" with { type: "json" };
import { addAudit } from "./audit/commands.ts";
import type { Context } from "./command/context.ts";
import { UsageFault } from "./command/faults.ts";
import { addClients } from "./clients/commands.ts";
import { addChannels } from "./channels/commands.ts";
import { addCompletion } from "./completion/commands.ts";
import { addControls } from "./controls/commands.ts";
import { addCredentials } from "./credentials/commands.ts";
import { addDrift } from "./drift/commands.ts";
import { addInit } from "./init/commands.ts";
import { addNotifications } from "./notifications/commands.ts";
import { addOpen } from "./open/commands.ts";
import { addOverview } from "./overview/commands.ts";
import { addPeople } from "./people/commands.ts";
import { addPrograms } from "./programs/commands.ts";
import { addPullRequests } from "./pull-requests/commands.ts";
import { addRepositories } from "./repositories/commands.ts";
import { addRunners } from "./runners/commands.ts";
import { addRuns } from "./runs/commands.ts";
import { addRules } from "./rules/commands.ts";
import { addScan } from "./scan/commands.ts";
import { addScanners } from "./scanners/commands.ts";
import { addScorecards } from "./scorecards/commands.ts";
import { addSession } from "./session/commands.ts";
import { addStates } from "./states/commands.ts";
import { addTools } from "./tools/commands.ts";
import { addValidate } from "./validate/commands.ts";
import { addVariables } from "./variables/commands.ts";
import { addWaivers } from "./waivers/commands.ts";
import { addWorkspaces } from "./workspaces/commands.ts";

const help = `
Exit codes:
  0  done                          4  server not reachable
  1  refused, failed, or found     5  you may not do this
  2  wrong usage                   6  no such thing
  3  not signed in               130  stopped

Environment:
  PLUMBLINE_URL, PLUMBLINE_TOKEN  server and API token; they win over plumb login
  NO_COLOR                        no colours

Examples:
  plumb login https://plumbline.example.org
  plumb prs list --mine
  plumb prs show 128
  plumb runs logs 1893 --follow`;

/** The whole command line. What a command does is imported when it is run, so that the rest costs nothing. */
export function makeProgram(context: Context): Command {
  const { stdout, stderr } = context.terminal;
  const program = new Command("plumb")
    .description("Plumbline: changes of infrastructure by pull request, proven before they are applied.")
    .version(installation.version, "--version", "print the version of plumb")
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // Errors are told at one place, with what to do next.
      outputError: () => undefined,
      getOutHelpWidth: () => context.terminal.columns ?? 100,
      getErrHelpWidth: () => context.terminal.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText("after", help);
  program.commandsGroup("Work:");
  addOverview(program, context);
  addPullRequests(program, context);
  addRuns(program, context);
  addWorkspaces(program, context);
  addDrift(program, context);
  addStates(program, context);
  addVariables(program, context);
  addAudit(program, context);
  addInit(program, context);
  addValidate(program, context);
  addScan(program, context);
  addRules(program, context);
  addScanners(program, context);
  addWaivers(program, context);
  addControls(program, context);
  addScorecards(program, context);
  addClients(program, context);
  addOpen(program, context);
  program.commandsGroup("Organization:");
  addRepositories(program, context);
  addPeople(program, context);
  addRunners(program, context);
  addTools(program, context);
  addCredentials(program, context);
  addChannels(program, context);
  addNotifications(program, context);
  program.commandsGroup("This machine:");
  addSession(program, context);
  addPrograms(program, context);
  addCompletion(program, context);
  program.helpCommand(false);
  program
    .command("help")
    .summary("Show the help of a command")
    .argument("[command...]", "the command, such as prs list")
    .action((words: string[]) => findCommand(program, words).help());
  return program;
}

/** The command with these words. Commander's own help looks at the first alone. */
function findCommand(program: Command, words: readonly string[]): Command {
  let found = program;
  for (const word of words) {
    const inner = found.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (inner === undefined) {
      const meant = suggest(
        word,
        found.commands.map((one) => one.name()),
      );
      const like = meant === undefined ? "" : ` Did you mean ${meant}?`;
      throw new UsageFault(`There is no command ${words.join(" ")}.${like}`, "plumb --help names all commands.");
    }
    found = inner;
  }
  return found;
}

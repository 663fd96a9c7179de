import { Option } from "commander";
import type { Command } from "commander";
import type { Context } from "../command/context.ts";
import { group, leaf } from "../command/leaf.ts";
import type { SetOptions } from "./set.ts";

/** `plumb credentials …` */
export function addCredentials(program: Command, context: Context): void {
  const credentials = group(program, "credentials", "Cloud credentials of runs: one for plans, another for applies");
  leaf(credentials, "list", "List credentials with the names of what they set, never the values", [
    "plumb credentials list",
  ]).action(async () => (await import("./list.ts")).listAll(context));
  leaf(credentials, "set", "Set the environment variables of one phase's credential; what it had is replaced", [
    "plumb credentials set prod --phase plan AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY   # asks for each",
    "plumb credentials set prod --phase apply --file prod-apply.env",
    "vault kv get -format=json -field=data cloud/prod | plumb credentials set prod --phase apply --file -",
  ])
    .argument("<name>", "name of the credential, as environment.yaml names it")
    .argument("[variables...]", "names of the variables; values are asked for, or with one name read from stdin")
    .addOption(
      new Option("--phase <phase>", "the phase that receives it").choices(["plan", "apply"]).makeOptionMandatory(),
    )
    .option("--file <file>", "lines NAME=value or one JSON object; - reads stdin")
    .action(async (name: string, variables: string[], options: SetOptions) =>
      (await import("./set.ts")).setPhase(context, name, variables, options),
    );
}

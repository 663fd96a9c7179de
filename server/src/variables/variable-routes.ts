import { listCredentials, listVariables, setCredential, setVariable } from "@plumbline/contract";
import type { Actor } from "../access/actor.ts";
import { register } from "../platform/http/index.ts";
import type { Api } from "../platform/http/index.ts";
import * as variables from "./list-variables.ts";
import * as credentials from "./set-credential.ts";
import { setVariable as storeVariable } from "./set-variable.ts";
import type { VariablesContext } from "./variables-context.ts";

/** Routes of sealed variables and credentials. */
export function variableRoutes(api: Api<Actor>, context: VariablesContext): void {
  register(api, listVariables, ({ actor, query }) => variables.listVariables(context, actor, query));
  register(api, setVariable, ({ actor, body }) => storeVariable(context, actor, body));
  register(api, listCredentials, ({ actor }) => credentials.listCredentials(context, actor));
  register(api, setCredential, ({ actor, params, body }) =>
    credentials.setCredential(context, actor, { ...params, variables: body.variables }),
  );
}

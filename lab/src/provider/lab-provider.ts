import { decodeValue, encodeValue, isValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Value, ValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { ProviderService } from "@plumbline/providers/protocol/provider-service";
import type { Diagnostic, DynamicValue } from "@plumbline/providers/protocol/value-messages";
import { asText } from "../kinds/attribute.ts";
import type { Kind } from "../kinds/attribute.ts";
import { checkValues } from "../kinds/check-values.ts";
import { KINDS } from "../kinds/kinds.ts";
import { applyChange } from "./apply.ts";
import { attributePath, errorDiagnostic } from "./diagnostic.ts";
import { LabClient, LabError } from "./lab-client.ts";
import { planResource } from "./plan.ts";
import {
  dataSourceAttributes,
  dataSourceSchema,
  providerSchema,
  resourceAttributes,
  resourceSchema,
} from "./schema.ts";
import { readSettings } from "./settings.ts";
import { checkableValues, stateFromAnswer } from "./state-values.ts";
import { TYPE_PREFIX } from "./version.ts";

const NO_BYTES = new Uint8Array();
/** The kinds that can be looked up by name. */
const DATA_SOURCES = new Set(["network"]);
const CAPABILITIES = { planDestroy: false, getProviderSchemaOptional: true };

/** The Terraform provider of the Lab Cloud. */
export function createLabProvider(env: NodeJS.ProcessEnv): ProviderService {
  let configured: LabClient | undefined;

  function client(): LabClient {
    if (!configured) throw new LabError(0, "The provider was asked for a resource before it was configured.");
    return configured;
  }

  return {
    async getMetadata() {
      const typeName = (kind: Kind) => ({ typeName: `${TYPE_PREFIX}${kind.name}` });
      return {
        serverCapabilities: CAPABILITIES,
        diagnostics: [],
        resources: KINDS.map(typeName),
        dataSources: KINDS.filter(({ name }) => DATA_SOURCES.has(name)).map(typeName),
      };
    },

    async getProviderSchema() {
      const looked = KINDS.filter(({ name }) => DATA_SOURCES.has(name));
      return {
        provider: providerSchema(),
        resourceSchemas: new Map(KINDS.map((kind) => [`${TYPE_PREFIX}${kind.name}`, resourceSchema(kind)])),
        dataSourceSchemas: new Map(looked.map((kind) => [`${TYPE_PREFIX}${kind.name}`, dataSourceSchema(kind)])),
        diagnostics: [],
        serverCapabilities: CAPABILITIES,
      };
    },

    // Whether endpoint, account and token are there is known only when the provider is configured: a variable may still
    // be unknown here, and `validate` runs without credentials.
    async validateProviderConfig() {
      return { diagnostics: [] };
    },

    async configureProvider({ config }) {
      const settings = readSettings(read(config), env);
      if (Array.isArray(settings)) return { diagnostics: settings };
      configured = new LabClient(settings, env);
      return { diagnostics: [] };
    },

    async validateResourceConfig({ typeName, config }) {
      const kind = kindOf(typeName);
      const complaints = checkValues(kind, checkableValues(kind, objectOf(read(config))));
      return {
        diagnostics: complaints.map(({ path, message }) =>
          errorDiagnostic(
            `Wrong value for ${path.join(".")}`,
            `The ${path.join(".")} of ${typeName} ${message}.`,
            path,
          ),
        ),
      };
    },

    async validateDataResourceConfig() {
      return { diagnostics: [] };
    },

    async upgradeResourceState({ typeName, rawState }) {
      const kind = kindOf(typeName);
      // State files are JSON; numbers of this provider are small, so parsing loses nothing.
      const stored = objectOf(JSON.parse(Buffer.from(rawState?.json ?? NO_BYTES).toString("utf8") || "null") as Value);
      const names = [...resourceAttributes(kind), ...kind.lists].map(({ name }) => name);
      return {
        upgradedState: write(Object.fromEntries(names.map((name) => [name, stored[name] ?? null]))),
        diagnostics: [],
      };
    },

    async readResource({ typeName, currentState, private: kept }) {
      const kind = kindOf(typeName);
      const prior = objectOf(read(currentState));
      return answering({ newState: currentState, private: kept }, async () => {
        const answer = await client().read(kind.name, asText(prior["id"]));
        return { newState: write(answer ? stateFromAnswer(kind, answer, prior) : null), private: kept };
      });
    },

    async planResourceChange({ typeName, priorState, proposedNewState, config, priorPrivate }) {
      const kind = kindOf(typeName);
      const prior = read(priorState);
      const proposed = read(proposedNewState);
      if (!isValueObject(proposed))
        return { plannedState: write(null), requiresReplace: [], plannedPrivate: priorPrivate, diagnostics: [] };
      const before = isValueObject(prior) ? prior : undefined;
      const { planned, replaces } = planResource(kind, before, proposed, objectOf(read(config)));
      return {
        plannedState: write(planned),
        requiresReplace: replaces.map(attributePath),
        plannedPrivate: priorPrivate,
        diagnostics: [],
      };
    },

    async applyResourceChange({ typeName, priorState, plannedState, plannedPrivate }) {
      const kind = kindOf(typeName);
      // On failure the prior state is the truth: the cloud makes a change whole or not at all.
      return answering({ newState: priorState ?? write(null), private: plannedPrivate }, async () => ({
        newState: write(await applyChange(client(), kind, read(priorState), read(plannedState))),
        private: plannedPrivate,
      }));
    },

    async importResourceState({ typeName, id }) {
      const kind = kindOf(typeName);
      return answering({ importedResources: [] }, async () => {
        const answer = await client().read(kind.name, id);
        if (!answer) throw new LabError(404, `There is no ${kind.name} with the id "${id}" in this account.`);
        const state = write(stateFromAnswer(kind, answer, {}));
        return { importedResources: [{ typeName, state, private: NO_BYTES }] };
      });
    },

    async readDataSource({ typeName, config }) {
      const kind = kindOf(typeName);
      const name = asText(objectOf(read(config))["name"]);
      return answering({ state: write(null) }, async () => {
        const answer = await client().findByName(kind.name, name);
        if (!answer) throw new LabError(404, `There is no ${kind.name} named "${name}" in this account.`);
        const found = stateFromAnswer(kind, answer, {});
        const names = dataSourceAttributes(kind).map((attribute) => attribute.name);
        return { state: write(Object.fromEntries(names.map((each) => [each, found[each] ?? null]))) };
      });
    },

    async stopProvider() {
      return { error: "" };
    },
  };
}

/** Runs a request to the cloud; a refusal becomes diagnostics beside the answer for that case. */
async function answering<T extends object>(
  refused: T,
  act: () => Promise<T>,
): Promise<T & { diagnostics: Diagnostic[] }> {
  try {
    return { ...(await act()), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    const summary = error.status === 0 ? "The Lab Cloud did not answer" : `The Lab Cloud refused (${error.status})`;
    const paths = error.complaints.length > 0 ? error.complaints.map(({ path }) => path) : [[]];
    return { ...refused, diagnostics: paths.map((path) => errorDiagnostic(summary, error.message, path)) };
  }
}

function kindOf(typeName: string): Kind {
  const kind = KINDS.find(({ name }) => `${TYPE_PREFIX}${name}` === typeName);
  if (!kind) throw new Error(`the lab provider has no type ${typeName}`);
  return kind;
}

function read(value: DynamicValue | undefined): Value {
  return value && value.msgpack.length > 0 ? decodeValue(value.msgpack) : null;
}

function write(value: Value): DynamicValue {
  return { msgpack: encodeValue(value), json: NO_BYTES };
}

function objectOf(value: Value): ValueObject {
  return isValueObject(value) ? value : {};
}

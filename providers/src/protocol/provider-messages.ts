import { many, map, one } from "../protobuf/message-type.ts";
import type { MessageType } from "../protobuf/message-type.ts";
import { Schema } from "./schema-messages.ts";
import { Diagnostic, DynamicValue } from "./value-messages.ts";

export type Empty = Record<never, never>;
export const Empty: MessageType<Empty> = { name: "Empty", fields: {} };

export type ServerCapabilities = { planDestroy: boolean; getProviderSchemaOptional: boolean };
const ServerCapabilities: MessageType<ServerCapabilities> = {
  name: "ServerCapabilities",
  fields: { planDestroy: one(1, "bool"), getProviderSchemaOptional: one(2, "bool") },
};

export type TypeName = { typeName: string };
const TypeName: MessageType<TypeName> = { name: "TypeName", fields: { typeName: one(1, "string") } };

export type MetadataResponse = {
  serverCapabilities?: ServerCapabilities | undefined;
  diagnostics: Diagnostic[];
  dataSources: TypeName[];
  resources: TypeName[];
};
export const MetadataResponse: MessageType<MetadataResponse> = {
  name: "GetMetadata.Response",
  fields: {
    serverCapabilities: one(1, () => ServerCapabilities),
    diagnostics: many(2, () => Diagnostic),
    dataSources: many(3, () => TypeName),
    resources: many(4, () => TypeName),
  },
};

export type ProviderSchemaResponse = {
  provider?: Schema | undefined;
  resourceSchemas: Map<string, Schema>;
  dataSourceSchemas: Map<string, Schema>;
  diagnostics: Diagnostic[];
  serverCapabilities?: ServerCapabilities | undefined;
};
export const ProviderSchemaResponse: MessageType<ProviderSchemaResponse> = {
  name: "GetProviderSchema.Response",
  fields: {
    provider: one(1, () => Schema),
    resourceSchemas: map(2, () => Schema),
    dataSourceSchemas: map(3, () => Schema),
    diagnostics: many(4, () => Diagnostic),
    serverCapabilities: one(6, () => ServerCapabilities),
  },
};

export type ValidateProviderRequest = { config?: DynamicValue | undefined };
export const ValidateProviderRequest: MessageType<ValidateProviderRequest> = {
  name: "ValidateProviderConfig.Request",
  fields: { config: one(1, () => DynamicValue) },
};

export type ValidateProviderResponse = { diagnostics: Diagnostic[] };
export const ValidateProviderResponse: MessageType<ValidateProviderResponse> = {
  name: "ValidateProviderConfig.Response",
  fields: { diagnostics: many(2, () => Diagnostic) },
};

export type ConfigureRequest = { terraformVersion: string; config?: DynamicValue | undefined };
export const ConfigureRequest: MessageType<ConfigureRequest> = {
  name: "ConfigureProvider.Request",
  fields: { terraformVersion: one(1, "string"), config: one(2, () => DynamicValue) },
};

/** The answer of the requests that only judge: ConfigureProvider and the two Validate…Config of resources and data. */
export type DiagnosticsResponse = { diagnostics: Diagnostic[] };
export const DiagnosticsResponse: MessageType<DiagnosticsResponse> = {
  name: "DiagnosticsResponse",
  fields: { diagnostics: many(1, () => Diagnostic) },
};

export type StopResponse = { error: string };
export const StopResponse: MessageType<StopResponse> = {
  name: "StopProvider.Response",
  fields: { error: one(1, "string") },
};

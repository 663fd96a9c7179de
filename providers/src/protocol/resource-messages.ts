import { many, one } from "../protobuf/message-type.ts";
import type { MessageType } from "../protobuf/message-type.ts";
import { AttributePath, Diagnostic, DynamicValue, RawState } from "./value-messages.ts";

export type ConfigRequest = { typeName: string; config?: DynamicValue | undefined };
export const ConfigRequest: MessageType<ConfigRequest> = {
  name: "ValidateResourceConfig.Request",
  fields: { typeName: one(1, "string"), config: one(2, () => DynamicValue) },
};

export type UpgradeRequest = { typeName: string; version: number; rawState?: RawState | undefined };
export const UpgradeRequest: MessageType<UpgradeRequest> = {
  name: "UpgradeResourceState.Request",
  fields: { typeName: one(1, "string"), version: one(2, "int"), rawState: one(3, () => RawState) },
};

export type UpgradeResponse = { upgradedState?: DynamicValue | undefined; diagnostics: Diagnostic[] };
export const UpgradeResponse: MessageType<UpgradeResponse> = {
  name: "UpgradeResourceState.Response",
  fields: { upgradedState: one(1, () => DynamicValue), diagnostics: many(2, () => Diagnostic) },
};

export type ReadRequest = { typeName: string; currentState?: DynamicValue | undefined; private: Uint8Array };
export const ReadRequest: MessageType<ReadRequest> = {
  name: "ReadResource.Request",
  fields: { typeName: one(1, "string"), currentState: one(2, () => DynamicValue), private: one(3, "bytes") },
};

export type ReadResponse = { newState?: DynamicValue | undefined; diagnostics: Diagnostic[]; private: Uint8Array };
export const ReadResponse: MessageType<ReadResponse> = {
  name: "ReadResource.Response",
  fields: { newState: one(1, () => DynamicValue), diagnostics: many(2, () => Diagnostic), private: one(3, "bytes") },
};

export type PlanRequest = {
  typeName: string;
  priorState?: DynamicValue | undefined;
  proposedNewState?: DynamicValue | undefined;
  config?: DynamicValue | undefined;
  priorPrivate: Uint8Array;
};
export const PlanRequest: MessageType<PlanRequest> = {
  name: "PlanResourceChange.Request",
  fields: {
    typeName: one(1, "string"),
    priorState: one(2, () => DynamicValue),
    proposedNewState: one(3, () => DynamicValue),
    config: one(4, () => DynamicValue),
    priorPrivate: one(5, "bytes"),
  },
};

export type PlanResponse = {
  plannedState?: DynamicValue | undefined;
  requiresReplace: AttributePath[];
  plannedPrivate: Uint8Array;
  diagnostics: Diagnostic[];
};
export const PlanResponse: MessageType<PlanResponse> = {
  name: "PlanResourceChange.Response",
  fields: {
    plannedState: one(1, () => DynamicValue),
    requiresReplace: many(2, () => AttributePath),
    plannedPrivate: one(3, "bytes"),
    diagnostics: many(4, () => Diagnostic),
  },
};

export type ApplyRequest = {
  typeName: string;
  priorState?: DynamicValue | undefined;
  plannedState?: DynamicValue | undefined;
  config?: DynamicValue | undefined;
  plannedPrivate: Uint8Array;
};
export const ApplyRequest: MessageType<ApplyRequest> = {
  name: "ApplyResourceChange.Request",
  fields: {
    typeName: one(1, "string"),
    priorState: one(2, () => DynamicValue),
    plannedState: one(3, () => DynamicValue),
    config: one(4, () => DynamicValue),
    plannedPrivate: one(5, "bytes"),
  },
};

export type ApplyResponse = { newState?: DynamicValue | undefined; private: Uint8Array; diagnostics: Diagnostic[] };
export const ApplyResponse: MessageType<ApplyResponse> = {
  name: "ApplyResourceChange.Response",
  fields: { newState: one(1, () => DynamicValue), private: one(2, "bytes"), diagnostics: many(3, () => Diagnostic) },
};

export type ImportRequest = { typeName: string; id: string };
export const ImportRequest: MessageType<ImportRequest> = {
  name: "ImportResourceState.Request",
  fields: { typeName: one(1, "string"), id: one(2, "string") },
};

export type ImportedResource = { typeName: string; state?: DynamicValue | undefined; private: Uint8Array };
const ImportedResource: MessageType<ImportedResource> = {
  name: "ImportResourceState.ImportedResource",
  fields: { typeName: one(1, "string"), state: one(2, () => DynamicValue), private: one(3, "bytes") },
};

export type ImportResponse = { importedResources: ImportedResource[]; diagnostics: Diagnostic[] };
export const ImportResponse: MessageType<ImportResponse> = {
  name: "ImportResourceState.Response",
  fields: { importedResources: many(1, () => ImportedResource), diagnostics: many(2, () => Diagnostic) },
};

export type ReadDataResponse = { state?: DynamicValue | undefined; diagnostics: Diagnostic[] };
export const ReadDataResponse: MessageType<ReadDataResponse> = {
  name: "ReadDataSource.Response",
  fields: { state: one(1, () => DynamicValue), diagnostics: many(2, () => Diagnostic) },
};

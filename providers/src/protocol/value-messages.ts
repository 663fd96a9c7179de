// Field numbers of the Terraform plugin protocol 6, as documented at
// https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol: values and diagnostics.
import { many, map, one, optional } from "../protobuf/message-type.ts";
import type { MessageType } from "../protobuf/message-type.ts";

/** A Terraform value: MessagePack (preferred) or JSON. */
export type DynamicValue = { msgpack: Uint8Array; json: Uint8Array };
export const DynamicValue: MessageType<DynamicValue> = {
  name: "DynamicValue",
  fields: { msgpack: one(1, "bytes"), json: one(2, "bytes") },
};

/** One step into a value; exactly one of the three is set. */
export type PathStep = {
  attributeName?: string | undefined;
  elementKeyString?: string | undefined;
  elementKeyInt?: number | undefined;
};
export const PathStep: MessageType<PathStep> = {
  name: "AttributePath.Step",
  fields: {
    attributeName: optional(1, "string"),
    elementKeyString: optional(2, "string"),
    elementKeyInt: optional(3, "int"),
  },
};

export type AttributePath = { steps: PathStep[] };
export const AttributePath: MessageType<AttributePath> = {
  name: "AttributePath",
  fields: { steps: many(1, () => PathStep) },
};

export const SEVERITY = { error: 1, warning: 2 } as const;

/** What a provider says about a request; `attribute` lets Terraform print the source line. */
export type Diagnostic = { severity: number; summary: string; detail: string; attribute?: AttributePath | undefined };
export const Diagnostic: MessageType<Diagnostic> = {
  name: "Diagnostic",
  fields: {
    severity: one(1, "int"),
    summary: one(2, "string"),
    detail: one(3, "string"),
    attribute: one(4, () => AttributePath),
  },
};

/** Attributes as they stand in a state file: JSON, or a flat map before Terraform 0.12. */
export type RawState = { json: Uint8Array; flatmap: Map<string, string> };
export const RawState: MessageType<RawState> = {
  name: "RawState",
  fields: { json: one(1, "bytes"), flatmap: map(2, "string") },
};

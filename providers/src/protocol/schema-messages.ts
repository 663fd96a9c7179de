import { many, one } from "../protobuf/message-type.ts";
import type { MessageType } from "../protobuf/message-type.ts";

/** One attribute; `type` is the JSON form of its type, such as `"string"` or `["list","string"]`. */
export type SchemaAttribute = {
  name: string;
  type: Uint8Array;
  description: string;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  deprecated: boolean;
  /** In place of `type`: an object, or a list, set or map of objects, with attributes of their own. */
  nestedType?: SchemaObject | undefined;
};
export const SchemaAttribute: MessageType<SchemaAttribute> = {
  name: "Schema.Attribute",
  fields: {
    name: one(1, "string"),
    type: one(2, "bytes"),
    description: one(3, "string"),
    required: one(4, "bool"),
    optional: one(5, "bool"),
    computed: one(6, "bool"),
    sensitive: one(7, "bool"),
    deprecated: one(9, "bool"),
    nestedType: one(10, () => SchemaObject),
  },
};

export type SchemaObject = { attributes: SchemaAttribute[]; nesting: number };
export const SchemaObject: MessageType<SchemaObject> = {
  name: "Schema.Object",
  fields: { attributes: many(1, () => SchemaAttribute), nesting: one(3, "int") },
};

export const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;

export type NestedBlock = {
  typeName: string;
  block?: SchemaBlock | undefined;
  nesting: number;
  minItems: number;
  maxItems: number;
};
export const NestedBlock: MessageType<NestedBlock> = {
  name: "Schema.NestedBlock",
  fields: {
    typeName: one(1, "string"),
    block: one(2, () => SchemaBlock),
    nesting: one(3, "int"),
    minItems: one(4, "int"),
    maxItems: one(5, "int"),
  },
};

export type SchemaBlock = {
  version: number;
  attributes: SchemaAttribute[];
  blockTypes: NestedBlock[];
  description: string;
};
export const SchemaBlock: MessageType<SchemaBlock> = {
  name: "Schema.Block",
  fields: {
    version: one(1, "int"),
    attributes: many(2, () => SchemaAttribute),
    blockTypes: many(3, () => NestedBlock),
    description: one(4, "string"),
  },
};

export type Schema = { version: number; block?: SchemaBlock | undefined };
export const Schema: MessageType<Schema> = {
  name: "Schema",
  fields: { version: one(1, "int"), block: one(2, () => SchemaBlock) },
};

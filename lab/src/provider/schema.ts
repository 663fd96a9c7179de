import { NESTING } from "@plumbline/providers/protocol/schema-messages";
import type { Schema, SchemaAttribute } from "@plumbline/providers/protocol/schema-messages";
import type { Attribute, AttributeType, Kind } from "../kinds/attribute.ts";

/** Terraform's JSON notation of the types. */
const TERRAFORM_TYPES: Readonly<Record<AttributeType, string>> = {
  string: '"string"',
  number: '"number"',
  bool: '"bool"',
  string_list: '["list","string"]',
  string_map: '["map","string"]',
};

const ID: Attribute = { name: "id", type: "string", description: "Assigned by the cloud.", presence: "assigned" };

/** The attributes of a kind with the id that every resource has. */
export function resourceAttributes(kind: Kind): readonly Attribute[] {
  return [ID, ...kind.attributes];
}

/** The Terraform schema of a resource kind. */
export function resourceSchema(kind: Kind): Schema {
  return {
    version: 0,
    block: {
      version: 0,
      description: kind.description,
      attributes: [
        ...resourceAttributes(kind).map(schemaAttribute),
        ...kind.lists.map(({ name, description, attributes }) => ({
          ...schemaAttribute({ name, description, type: "string_list", presence: "optional" }),
          type: new Uint8Array(),
          nestedType: { nesting: NESTING.list, attributes: attributes.map(schemaAttribute) },
        })),
      ],
      blockTypes: [],
    },
  };
}

/** The Terraform schema for looking a resource up by its name: everything else is an answer, and secrets are absent. */
export function dataSourceSchema(kind: Kind): Schema {
  return {
    version: 0,
    block: {
      version: 0,
      description: `${kind.description} Found by its name.`,
      attributes: dataSourceAttributes(kind).map((attribute) =>
        schemaAttribute({ ...attribute, presence: attribute.name === "name" ? "required" : "assigned" }),
      ),
      blockTypes: [],
    },
  };
}

export function dataSourceAttributes(kind: Kind): readonly Attribute[] {
  return resourceAttributes(kind).filter((attribute) => !attribute.secret);
}

/** The provider's own settings; each may come from the environment instead. */
export function providerSchema(): Schema {
  const setting = (name: string, description: string, secret?: true): SchemaAttribute =>
    schemaAttribute({ name, type: "string", description, presence: "optional", ...(secret ? { secret } : {}) });
  return {
    version: 0,
    block: {
      version: 0,
      description: "The Lab Cloud, a small cloud for trials and tests.",
      attributes: [
        setting("endpoint", "Address of the cloud, http://host:port. Environment: LAB_ENDPOINT."),
        setting("account", "The account to work in. Environment: LAB_ACCOUNT."),
        setting("token", "A key of that account. Environment: LAB_TOKEN.", true),
      ],
      blockTypes: [],
    },
  };
}

function schemaAttribute(attribute: Attribute): SchemaAttribute {
  const { presence, fallback } = attribute;
  return {
    name: attribute.name,
    type: Buffer.from(TERRAFORM_TYPES[attribute.type]),
    description: attribute.description,
    required: presence === "required",
    optional: presence === "optional" || presence === "optional_assigned",
    // A fallback is filled in by the provider, which Terraform allows for computed attributes only.
    computed: presence === "assigned" || presence === "optional_assigned" || fallback !== undefined,
    sensitive: attribute.secret ?? false,
    deprecated: false,
  };
}

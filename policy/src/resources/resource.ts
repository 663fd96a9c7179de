import type { JsonObject } from "./json.ts";

/**
 * One managed resource as a plan or a state shows it. `values` are the ones it will have; `unknown` has the same shape
 * with `true` wherever the value is known only after apply (the plan's `after_unknown`).
 */
export interface Resource {
  /** With modules and indexes: `module.shop[0].aws_s3_bucket.logs["eu"]`. */
  address: string;
  /** Address of the module it stands in; empty for the root module. */
  moduleAddress: string;
  type: string;
  name: string;
  index?: string | number;
  provider: string;
  values: JsonObject;
  unknown: JsonObject;
  /** What its code sets; undefined where no configuration came with the values (a state). */
  configured?: Configured;
  /** Attribute → policy document as JSON text, where it is known in part only (`unknownText` stands for the rest). */
  documents?: ReadonlyMap<string, string>;
  /** Attribute path → its text as far as it is known (`unknownText` stands for the rest), where no plan tells more. */
  texts?: ReadonlyMap<string, string>;
  /** Attribute → addresses of the resources that give its value after apply, where the code reaches them through modules. */
  origins?: ReadonlyMap<string, readonly string[]>;
}

/** What the code of a resource says, from the plan's `configuration`. */
export interface Configured {
  /** The plan's `expressions` of the resource: attribute → expression, or nested blocks. */
  expressions: JsonObject;
  /** Nested blocks made by `dynamic`; undefined where the sources are not there, so that it cannot be told. */
  dynamicBlocks?: ReadonlySet<string>;
}

/** The address without `[...]`, as it stands in code: `module.shop.aws_s3_bucket.logs`. Quoted keys may hold brackets. */
export function withoutIndexes(address: string): string {
  return address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "");
}

/** Names of the modules from the root to the resource, without indexes. */
export function modulePath(moduleAddress: string): string[] {
  if (moduleAddress === "") return [];
  return withoutIndexes(moduleAddress)
    .split(".")
    .filter((_, position) => position % 2 === 1);
}

/** The modules from the root to the resource, with which instance of each it is. */
export function moduleSteps(moduleAddress: string): { name: string; key?: string | number }[] {
  return [...moduleAddress.matchAll(/module\.([^.[]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)/g)].map(
    ([, name = "", key]) => {
      if (key === undefined) return { name };
      return { name, key: key.startsWith('"') ? key.slice(1, -1).replaceAll(/\\(.)/g, "$1") : Number(key) };
    },
  );
}

import type { Origin } from "../evaluation.ts";
import type { Scope } from "../expressions/scope.ts";
import type { Block, Body, Place } from "../syntax/body.ts";
import { isKnown, ListValue, MapValue, Open, Unknown } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { encodeJson } from "../values/json.ts";
import { valuesOf } from "./block-values.ts";
import { formatKey } from "./expansion.ts";
import type { Instance } from "./expansion.ts";
import { encodePolicyDocument, policyDocument } from "./policy-document.ts";
import { metaAttributes } from "./references.ts";
import { roleBindings } from "./role-bindings.ts";
import { providerGiven, sameForAll } from "./well-known.ts";
import type { Asked } from "./well-known.ts";
import type { World } from "./world.ts";

/** The module instance that a resource stands in. */
export interface Home {
  readonly world: World;
  /** The whole address of what has this one in the module. */
  inModule(address: string): string;
  /** What expressions of an instance see. */
  scopeOf(instance: Instance): Scope;
  /** A value that is computed when it is first asked for, and once. */
  once(key: string, place: Place, compute: () => Value): Value;
}

/** A resource or data source in an expression: what its code sets is known, all else only after apply. */
export function resourceValue(home: Home, block: Block, instance: Instance, address: string): Value {
  const own = `${address}${formatKey(instance.key)}`;
  const origin: Origin = { address: home.inModule(own), attribute: "" };
  const scope = home.scopeOf(instance);
  const document = block.type === "data" && block.labels[0] === "aws_iam_policy_document";
  const asked: Asked = {
    kind: block.type === "data" ? "data" : "resource",
    type: block.labels[0] ?? "",
    written: (name) => {
      const attribute = block.body.attributes.get(name);
      return attribute ? home.world.value(attribute.value, attribute.place, scope, origin.address) : null;
    },
  };
  const given: Given = (from) => providerGiven(asked, from);
  const bindings = block.type === "data" && block.labels[0] === "google_iam_policy";
  return new Open(
    (name) =>
      home.once(`${own}.${name}`, block.place, () => {
        if (document && (name === "json" || name === "minified_json"))
          return documentText(home, block, scope, name, own);
        if (bindings && name === "policy_data") return bindingsText(home, block, scope, name, own);
        if (block.type === "data" && !block.body.attributes.has(name)) {
          const usual = sameForAll(asked, name);
          home.world.unknown(
            usual === undefined
              ? `${own} is read only when the plan is made`
              : `${own} is read only when the plan is made; ${name} is taken for ${usual}`,
            block.place,
          );
          if (usual !== undefined) return usual;
        }
        return attributeOf(home, block.body, scope, name, { ...origin, attribute: name }, given);
      }),
    origin,
  );
}

/** What the provider gives where the code says nothing. */
type Given = (origin: Origin) => Value;

/** An attribute as written, or a list of nested blocks. */
function attributeOf(home: Home, body: Body, scope: Scope, name: string, origin: Origin, given: Given): Value {
  const attribute = metaAttributes.has(name) ? undefined : body.attributes.get(name);
  if (attribute) {
    const value = home.world.value(attribute.value, attribute.place, scope, origin.address);
    if (value instanceof Unknown) return new Unknown([origin, ...value.origins], value.document, value.text);
    // A list may be a set to the provider, which gives its elements in another order; null lets the provider choose.
    return value === null || isReordered(value) ? new Unknown([origin]) : value;
  }
  const nested = body.blocks.filter((block) => block.type === name);
  const made = body.blocks.some((block) => block.type === "dynamic" && block.labels[0] === name);
  if (made) return new Unknown([origin]);
  if (nested.length === 0) return given(origin);
  const blocks = nested.map((block, position) => {
    const place = `${origin.attribute}[${position}]`;
    return new Open((inner) =>
      attributeOf(home, block.body, scope, inner, { ...origin, attribute: `${place}.${inner}` }, given),
    );
  });
  return blocks.length > 1 ? new Unknown([origin]) : new ListValue(blocks);
}

function isReordered(value: Value): boolean {
  if (value instanceof MapValue) return [...value.entries.values()].some(isReordered);
  if (!(value instanceof ListValue) || !isKnown(value)) return false;
  return value.items.some((item, position) => {
    const before = value.items[position - 1];
    if (item !== null && typeof item === "object") return value.items.length > 1 || isReordered(item);
    return (
      position > 0 &&
      !(typeof before === typeof item && before !== undefined && before !== null && item !== null && before < item)
    );
  });
}

function documentText(home: Home, block: Block, scope: Scope, name: string, address: string): Value {
  const body = valuesOf(home.world, block.body, scope, home.inModule(address));
  const document = policyDocument(body);
  if (!document) return new Unknown([{ address: home.inModule(address), attribute: name }]);
  if (!document.known) return new Unknown([{ address: home.inModule(address), attribute: name }], document);
  const text = encodePolicyDocument(document);
  return name === "json" ? text : JSON.stringify(JSON.parse(text));
}

function bindingsText(home: Home, block: Block, scope: Scope, name: string, address: string): Value {
  const origin = { address: home.inModule(address), attribute: name };
  const document = roleBindings(valuesOf(home.world, block.body, scope, origin.address));
  if (!document) return new Unknown([origin]);
  return document.known ? encodeJson(document) : new Unknown([origin], document);
}

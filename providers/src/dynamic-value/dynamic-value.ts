import { Decoder, Encoder, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { UnknownValue } from "./unknown-value.ts";

/**
 * What a Terraform value looks like once decoded. Lists, sets and tuples are arrays, maps and objects are plain objects,
 * null is null. A number is a `number`; an integer beyond 32 bits may arrive as a `bigint`, and one beyond 64 bits or a
 * long fraction as a decimal string, because a JavaScript number would lose digits.
 */
export type Value = null | boolean | number | bigint | string | UnknownValue | readonly Value[] | ValueObject;
export type ValueObject = { readonly [attribute: string]: Value };

class TerraformExtensions extends ExtensionCodec {
  override tryToEncode(object: unknown): ExtData | null {
    return object instanceof UnknownValue ? new ExtData(object.extensionType, object.data) : null;
  }

  // Terraform promises that every extension it does not explain means "unknown".
  override decode(data: Uint8Array, extensionType: number): UnknownValue {
    return new UnknownValue(extensionType, Uint8Array.from(data));
  }
}

const extensionCodec = new TerraformExtensions();

/** Encodes a value as Terraform's MessagePack; undefined members become null, because every attribute must be present. */
export function encodeValue(value: Value): Uint8Array {
  return new Encoder({ extensionCodec, useBigInt64: true }).encode(value);
}

/**
 * Decodes Terraform's MessagePack.
 * @throws RangeError or TypeError when the bytes are not MessagePack
 */
export function decodeValue(bytes: Uint8Array): Value {
  // The decoder yields only what MessagePack can express; with the codec above that is exactly `Value`.
  return new Decoder({ extensionCodec, useBigInt64: true }).decode(bytes) as Value;
}

/** Whether a decoded value is an object or map. */
export function isValueObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof UnknownValue);
}

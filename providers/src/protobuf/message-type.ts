import { WIRE, WireReader, WireWriter } from "./wire.ts";

type Scalar = "string" | "bytes" | "bool" | "int";

/** How one field travels: its number, what it holds, and how often. */
export type Field = {
  readonly number: number;
  readonly holds: Scalar | (() => MessageType<object>);
  readonly cardinality: "one" | "optional" | "many" | "map";
};

/** The field-number table of one message. `T` is the shape of its decoded values. */
export type MessageType<T extends object> = {
  readonly name: string;
  readonly fields: { readonly [K in keyof T]-?: Field };
};

/** A singular field: absent means the type's zero value ("", 0, false, no bytes); a message is undefined when absent. */
export function one(number: number, holds: Field["holds"]): Field {
  return { number, holds, cardinality: typeof holds === "string" ? "one" : "optional" };
}

/** A field whose presence matters (a member of a oneof): undefined when absent, written even when zero. */
export function optional(number: number, holds: Field["holds"]): Field {
  return { number, holds, cardinality: "optional" };
}

/** A repeated field, decoded as an array. */
export function many(number: number, holds: Field["holds"]): Field {
  return { number, holds, cardinality: "many" };
}

/** A map with string keys, decoded as a `Map`. */
export function map(number: number, holds: Field["holds"]): Field {
  return { number, holds, cardinality: "map" };
}

/** Encodes a value by its table. Fields at their zero value are left out, as proto3 does. */
export function encodeMessage<T extends object>(type: MessageType<T>, value: Partial<T>): Uint8Array {
  const writer = new WireWriter();
  for (const [name, field] of Object.entries<Field>(type.fields)) {
    const held: unknown = Reflect.get(value, name);
    if (held === undefined || held === null) continue;
    if (field.cardinality === "many") for (const item of asArray(held, type, name)) writeValue(writer, field, item);
    else if (field.cardinality === "map") writeMap(writer, field, held, `${type.name}.${name}`);
    else if (field.cardinality === "optional" || !isZero(held)) writeValue(writer, field, held);
  }
  return writer.finish();
}

/**
 * Decodes untrusted bytes by a table. Unknown fields are skipped, so a table may be a subset of the real message.
 * @throws RangeError when the bytes are not a message or a field has the wrong wire type
 */
export function decodeMessage<T extends object>(type: MessageType<T>, bytes: Uint8Array): T {
  const names = Object.entries<Field>(type.fields);
  const byNumber = new Map(names.map(([name, field]) => [field.number, { name, field }]));
  const out: Record<string, unknown> = Object.fromEntries(names.map(([name, field]) => [name, emptyValue(field)]));
  const reader = new WireReader(bytes);
  while (!reader.atEnd) {
    const { fieldNumber, wireType } = reader.tag();
    const known = byNumber.get(fieldNumber);
    if (!known) {
      reader.skip(wireType);
      continue;
    }
    const { name, field } = known;
    if (wireType !== wireTypeOf(field)) throw new RangeError(`${type.name}.${name} has wire type ${wireType}`);
    const held = out[name];
    if (held instanceof Map) readMapEntry(reader, field, held);
    else if (Array.isArray(held)) held.push(readValue(reader, field));
    else out[name] = readValue(reader, field);
  }
  // The table has a key for every property of T and each was filled by kind above.
  return out as T;
}

function emptyValue(field: Field): unknown {
  if (field.cardinality === "many") return [];
  if (field.cardinality === "map") return new Map<string, unknown>();
  if (field.cardinality === "optional") return undefined;
  if (field.holds === "string") return "";
  if (field.holds === "bool") return false;
  return field.holds === "int" ? 0 : new Uint8Array();
}

function isZero(value: unknown): boolean {
  return value === "" || value === 0 || value === false || (value instanceof Uint8Array && value.length === 0);
}

function wireTypeOf(field: Field): number {
  if (field.cardinality === "map") return WIRE.bytes;
  return field.holds === "bool" || field.holds === "int" ? WIRE.varint : WIRE.bytes;
}

function writeValue(writer: WireWriter, field: Field, value: unknown): void {
  const { holds, number } = field;
  if (typeof holds === "function" && typeof value === "object" && value !== null) {
    writer.tag(number, WIRE.bytes);
    writer.bytes(encodeMessage(holds(), value));
  } else if (holds === "string" && typeof value === "string") {
    writer.tag(number, WIRE.bytes);
    writer.bytes(Buffer.from(value, "utf8"));
  } else if (holds === "bytes" && value instanceof Uint8Array) {
    writer.tag(number, WIRE.bytes);
    writer.bytes(value);
  } else if ((holds === "bool" && typeof value === "boolean") || (holds === "int" && typeof value === "number")) {
    writer.tag(number, WIRE.varint);
    writer.varint(Number(value));
  } else throw new TypeError(`field ${number} cannot hold a value of type ${typeof value}`);
}

function readValue(reader: WireReader, field: Field): unknown {
  if (field.holds === "bool") return reader.varint() !== 0;
  if (field.holds === "int") return reader.varint();
  const bytes = reader.bytes();
  if (field.holds === "bytes") return bytes;
  return field.holds === "string" ? Buffer.from(bytes).toString("utf8") : decodeMessage(field.holds(), bytes);
}

// A map is a repeated message {key = 1, value = 2}, both written even when zero, as other encoders do.
function writeMap(writer: WireWriter, field: Field, held: unknown, name: string): void {
  if (!(held instanceof Map)) throw new TypeError(`${name} wants a Map`);
  for (const [key, value] of held) {
    const entry = new WireWriter();
    writeValue(entry, one(1, "string"), key);
    writeValue(entry, { ...field, number: 2, cardinality: "one" }, value);
    writer.tag(field.number, WIRE.bytes);
    writer.bytes(entry.finish());
  }
}

function readMapEntry(reader: WireReader, field: Field, held: Map<string, unknown>): void {
  const entry = new WireReader(reader.bytes());
  const valueField: Field = { ...field, number: 2, cardinality: "one" };
  let key = "";
  let value: unknown =
    typeof field.holds === "function" ? decodeMessage(field.holds(), new Uint8Array()) : emptyValue(valueField);
  while (!entry.atEnd) {
    const { fieldNumber, wireType } = entry.tag();
    if (fieldNumber === 1 && wireType === WIRE.bytes) key = Buffer.from(entry.bytes()).toString("utf8");
    else if (fieldNumber === 2 && wireType === wireTypeOf(valueField)) value = readValue(entry, valueField);
    else entry.skip(wireType);
  }
  held.set(key, value);
}

function asArray(held: unknown, type: { name: string }, name: string): readonly unknown[] {
  if (!Array.isArray(held)) throw new TypeError(`${type.name}.${name} wants an array`);
  return held;
}

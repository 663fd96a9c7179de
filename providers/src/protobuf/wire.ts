/** Protocol Buffers wire types (https://protobuf.dev/programming-guides/encoding/#structure). */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const MAX_INT64 = 1n << 63n;

/** Appends protobuf primitives to a growing list of chunks. */
export class WireWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** Writes an integer as a varint; negative numbers take ten bytes, as the format asks. */
  varint(value: number): void {
    if (!Number.isSafeInteger(value))
      throw new RangeError(`${value} is not an integer that a varint can carry exactly`);
    const bytes: number[] = [];
    if (value >= 0) {
      let rest = value;
      while (rest > 0x7f) {
        bytes.push((rest % 0x80) | 0x80);
        rest = Math.floor(rest / 0x80);
      }
      bytes.push(rest);
    } else {
      let rest = BigInt.asUintN(64, BigInt(value));
      while (rest > 0x7fn) {
        bytes.push(Number(rest & 0x7fn) | 0x80);
        rest >>= 7n;
      }
      bytes.push(Number(rest));
    }
    this.#append(Uint8Array.from(bytes));
  }

  tag(fieldNumber: number, wireType: number): void {
    this.varint(fieldNumber * 8 + wireType);
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.#append(value);
  }

  finish(): Uint8Array {
    const out = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      out.set(chunk, offset);
      offset += chunk.length;
    }
    return out;
  }

  #append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }
}

/** Reads protobuf primitives from untrusted bytes; every malformed input is a RangeError. */
export class WireReader {
  readonly #buffer: Uint8Array;
  #offset = 0;

  constructor(buffer: Uint8Array) {
    this.#buffer = buffer;
  }

  get atEnd(): boolean {
    return this.#offset >= this.#buffer.length;
  }

  /** Reads a varint as a signed 64-bit integer; one beyond 2^53 is refused rather than rounded. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#buffer[this.#offset++];
      if (byte === undefined) throw new RangeError("the message ends inside a varint");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return toSafeNumber(value);
    }
    throw new RangeError("a varint is longer than ten bytes");
  }

  tag(): { fieldNumber: number; wireType: number } {
    const key = this.varint();
    if (key < 8) throw new RangeError(`${key} is not a field key`);
    return { fieldNumber: Math.floor(key / 8), wireType: key % 8 };
  }

  /** Returns a view into the message, not a copy. */
  bytes(): Uint8Array {
    const length = this.varint();
    return this.#take(length);
  }

  /** Passes over the value of a field that the reader's table does not know. */
  skip(wireType: number): void {
    if (wireType === WIRE.varint) this.varint();
    else if (wireType === WIRE.fixed64) this.#take(8);
    else if (wireType === WIRE.bytes) this.bytes();
    else if (wireType === WIRE.fixed32) this.#take(4);
    else throw new RangeError(`wire type ${wireType} is not supported`);
  }

  #take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (length < 0 || end > this.#buffer.length) throw new RangeError("the message ends inside a field");
    const view = this.#buffer.subarray(this.#offset, end);
    this.#offset = end;
    return view;
  }
}

function toSafeNumber(unsigned: bigint): number {
  const low = BigInt.asUintN(64, unsigned);
  const signed = low >= MAX_INT64 ? low - (1n << 64n) : low;
  const value = Number(signed);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the integer ${signed} does not fit into a number`);
  return value;
}

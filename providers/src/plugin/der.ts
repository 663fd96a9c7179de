// The few pieces of ASN.1 DER (ITU-T X.690) that a self-signed certificate needs.

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

function encode(tag: number, content: Uint8Array): Buffer {
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content]);
  const digits = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length), digits, content]);
}

export function sequence(...parts: Uint8Array[]): Buffer {
  return encode(TAG.sequence, Buffer.concat(parts));
}

export function set(...parts: Uint8Array[]): Buffer {
  return encode(TAG.set, Buffer.concat(parts));
}

/** A positive integer from its big-endian bytes: leading zeros go, and one comes back where the top bit is set. */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  const padded = (trimmed[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), trimmed]) : trimmed;
  return encode(TAG.integer, padded);
}

export function boolean(value: boolean): Buffer {
  return encode(TAG.boolean, Buffer.of(value ? 0xff : 0));
}

/** A bit string; `unusedBits` at the end of the last byte do not count. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return encode(TAG.bitString, Buffer.concat([Buffer.of(unusedBits), bytes]));
}

export function octetString(bytes: Uint8Array): Buffer {
  return encode(TAG.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return encode(TAG.utf8String, Buffer.from(text, "utf8"));
}

/** Seconds resolution, UTC, as X.509 asks. */
export function generalizedTime(time: Date): Buffer {
  return encode(TAG.generalizedTime, Buffer.from(`${time.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`));
}

/** An object identifier in dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return encode(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A context tag `[n]` that wraps an encoded value (explicit) or names primitive bytes (implicit). */
export function contextTag(number: number, content: Uint8Array, form: "explicit" | "primitive"): Buffer {
  return encode((form === "explicit" ? 0xa0 : 0x80) | number, content);
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}

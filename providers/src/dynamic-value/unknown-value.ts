/**
 * A value that is only known after apply. Terraform sends it as a MessagePack extension: type 0 plain, type 12 with
 * refinements ("will not be null" and the like), whose bytes are kept so that they can be sent back unchanged.
 */
export class UnknownValue {
  readonly extensionType: number;
  readonly data: Uint8Array;

  constructor(extensionType: number, data: Uint8Array) {
    this.extensionType = extensionType;
    this.data = data;
  }
}

/** The plain unknown, without refinements. */
export const UNKNOWN = new UnknownValue(0, Uint8Array.of(0));

export function isUnknown(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

/** Whether a value is, or holds at any depth, something unknown. */
export function holdsUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsUnknown);
}

import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { canonicalJson, problem } from "@plumbline/contract";
import type { RootKey } from "./root-key.ts";

/** Seals what must not lie in clear: states, plans, sealed variables, credentials, private keys. */
export interface Sealing {
  /**
   * Seals bytes for one object. They open only for the same kind, organization and object.
   * @param kind what it is, e.g. "state-version"; a constant of the domain
   * @param objectId the object's id (never its name, which may change)
   */
  seal(kind: string, organizationId: string, objectId: string, bytes: Uint8Array): Buffer;
  /** Opens what `seal` gave. Throws `internal` when it was changed, is another object's, or needs another key. */
  open(kind: string, organizationId: string, objectId: string, sealed: Uint8Array): Buffer;
  /** A key of 32 bytes of an organization for one purpose (HMACs of sensitive values, say); always the same. */
  derive(organizationId: string, purpose: string): Buffer;
  /** Names the key under which is sealed now. */
  readonly keyId: string;
}

/*
 * Layout, format 1: magic (4) | format (1) | root key id (16) | nonce (12), wrapped data key (32), tag (16)
 * | nonce (12), ciphertext, tag (16).
 * Each object has a data key of its own, wrapped under a key derived per organization. Both layers bind the same
 * additional data: the canonical JSON of {format, organizationId, kind, objectId, keyId}.
 */
const magic = Buffer.from("PLS\0", "latin1");
const format = 1;
const algorithm = "aes-256-gcm";
const tagBytes = 16;
const nonceBytes = 12;
const dataKeyBytes = 32;
const keyIdAt = magic.length + 1;
const wrappedAt = keyIdAt + 16;
const contentAt = wrappedAt + nonceBytes + dataKeyBytes + tagBytes;

/** Bytes that sealing adds. */
export const sealedOverhead = contentAt + nonceBytes + tagBytes;

/** Makes the one wrapper over node:crypto that seals and opens. */
export function openSealing(rootKey: RootKey): Sealing {
  const wrapKey = (organizationId: string) => rootKey.derive(`wrap/${organizationId}`);
  const boundTo = (kind: string, organizationId: string, objectId: string) =>
    Buffer.from(canonicalJson({ format, organizationId, kind, objectId, keyId: rootKey.keyId }));
  const header = Buffer.concat([magic, Buffer.of(format), Buffer.from(rootKey.keyId, "hex")]);
  return {
    keyId: rootKey.keyId,
    seal(kind, organizationId, objectId, bytes) {
      const bound = boundTo(kind, organizationId, objectId);
      const dataKey = randomBytes(dataKeyBytes);
      const wrapped = encrypt(wrapKey(organizationId), bound, dataKey);
      return Buffer.concat([header, ...wrapped, ...encrypt(dataKey, bound, bytes)]);
    },
    open(kind, organizationId, objectId, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      checkHeader(bytes, header, kind, objectId);
      const bound = boundTo(kind, organizationId, objectId);
      try {
        const dataKey = decrypt(wrapKey(organizationId), bound, bytes.subarray(wrappedAt, contentAt));
        return decrypt(dataKey, bound, bytes.subarray(contentAt));
      } catch (cause) {
        throw problem("internal", `The sealed ${kind} ${objectId} was changed, or belongs to something else.`, {
          cause,
        });
      }
    },
    derive: (organizationId, purpose) => rootKey.derive(`derive/${canonicalJson([organizationId, purpose])}`),
  };
}

function checkHeader(bytes: Buffer, header: Buffer, kind: string, objectId: string): void {
  const what = `The sealed ${kind} ${objectId}`;
  if (bytes.length < sealedOverhead || !bytes.subarray(0, magic.length).equals(magic))
    throw problem("internal", `${what} is not in a format that Plumbline writes.`);
  if (bytes[magic.length] !== format)
    throw problem("internal", `${what} is in format ${bytes[magic.length]}, which this version does not know.`);
  if (!bytes.subarray(keyIdAt, wrappedAt).equals(header.subarray(keyIdAt)))
    throw problem(
      "internal",
      `${what} needs the root key ${bytes.subarray(keyIdAt, wrappedAt).toString("hex")}, which is not the present one.`,
    );
}

function encrypt(key: Buffer, bound: Buffer, bytes: Uint8Array): [Buffer, Buffer, Buffer, Buffer] {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(bound);
  return [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
}

/** `sealed`: nonce, ciphertext, tag. */
function decrypt(key: Buffer, bound: Buffer, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const tag = sealed.subarray(sealed.length - tagBytes);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(bound).setAuthTag(tag);
  const bytes = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
  decipher.final(); // throws unless everything is as it was sealed; GCM leaves no bytes for it
  return bytes;
}

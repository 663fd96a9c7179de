import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import type { NewId } from "../../platform/ids.ts";
import type { Tx } from "../../platform/database/pools.ts";
import type { Sealing } from "../../platform/sealing/index.ts";
import { insertSigningKey, newestSigningKey } from "./signing-key-store.ts";

/** The key with which an organization's approvals are signed. */
export interface SigningKey {
  keyId: string;
  /** Ed25519 (RFC 8032) over the UTF-8 bytes of the text. */
  sign(text: string): Buffer;
}

const kind = "signing-key";

/** The organization's key; made with the first approval. The private part is sealed and leaves this function never. */
export async function signingKey(
  tx: Tx,
  context: { sealing: Sealing; newId: NewId },
  organizationId: string,
): Promise<SigningKey> {
  const known = await newestSigningKey(tx);
  const key = known ?? (await makeKey(tx, context, organizationId));
  const bytes = context.sealing.open(kind, organizationId, key.keyId, key.sealedPrivateKey);
  const privateKey = createPrivateKey({ key: bytes, format: "der", type: "pkcs8" });
  return { keyId: key.keyId, sign: (text) => sign(null, Buffer.from(text, "utf8"), privateKey) };
}

async function makeKey(
  tx: Tx,
  { sealing, newId }: { sealing: Sealing; newId: NewId },
  organizationId: string,
): Promise<{ keyId: string; sealedPrivateKey: Buffer }> {
  const keyId = newId();
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const sealedPrivateKey = sealing.seal(
    kind,
    organizationId,
    keyId,
    privateKey.export({ format: "der", type: "pkcs8" }),
  );
  const exported = publicKey.export({ format: "der", type: "spki" });
  await insertSigningKey(tx, { organizationId, keyId, publicKey: exported, sealedPrivateKey });
  return { keyId, sealedPrivateKey };
}

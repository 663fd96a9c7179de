import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import * as der from "./der.ts";

const OID = {
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  commonName: "2.5.4.3",
  basicConstraints: "2.5.29.19",
  keyUsage: "2.5.29.15",
  extendedKeyUsage: "2.5.29.37",
  subjectAlternativeName: "2.5.29.17",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
} as const;

const DAY_MS = 24 * 60 * 60 * 1000;
const DNS_NAME_TAG = 2;
const VERSION_3 = Buffer.of(2);
/** digitalSignature, keyEncipherment, keyAgreement and keyCertSign: bits 0, 2, 4 and 5 from the left. */
const KEY_USAGE_BITS = Buffer.of(0b1010_1100);

/** A certificate made for the life of one plugin process. */
export type PluginCertificate = { certificateDer: Buffer; privateKey: KeyObject };

/**
 * Makes a self-signed P-256 certificate for `localhost`, as go-plugin's AutoMTLS expects: a CA of its own, for server
 * and client authentication. Written in DER by hand because Node can parse certificates but not make them.
 */
export function createPluginCertificate(now: Date): PluginCertificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der.sequence(der.objectIdentifier(OID.ecdsaWithSha256));
  const name = der.sequence(der.set(der.sequence(der.objectIdentifier(OID.commonName), der.utf8String("localhost"))));
  const body = der.sequence(
    der.contextTag(0, der.integer(VERSION_3), "explicit"),
    der.integer(randomBytes(16)),
    algorithm,
    name,
    // A clock that runs behind on the other side must not refuse the certificate.
    der.sequence(
      der.generalizedTime(new Date(now.getTime() - DAY_MS)),
      der.generalizedTime(new Date(now.getTime() + 3650 * DAY_MS)),
    ),
    name,
    publicKey.export({ format: "der", type: "spki" }),
    der.contextTag(3, der.sequence(...extensions()), "explicit"),
  );
  const signature = sign("sha256", body, privateKey);
  return { certificateDer: der.sequence(body, algorithm, der.bitString(signature)), privateKey };
}

function extensions(): Buffer[] {
  const critical = der.boolean(true);
  return [
    der.sequence(
      der.objectIdentifier(OID.basicConstraints),
      critical,
      der.octetString(der.sequence(der.boolean(true))),
    ),
    der.sequence(der.objectIdentifier(OID.keyUsage), critical, der.octetString(der.bitString(KEY_USAGE_BITS, 2))),
    der.sequence(
      der.objectIdentifier(OID.extendedKeyUsage),
      der.octetString(der.sequence(der.objectIdentifier(OID.serverAuth), der.objectIdentifier(OID.clientAuth))),
    ),
    der.sequence(
      der.objectIdentifier(OID.subjectAlternativeName),
      der.octetString(der.sequence(der.contextTag(DNS_NAME_TAG, Buffer.from("localhost"), "primitive"))),
    ),
  ];
}

/** The PEM form of a DER certificate. */
export function certificatePem(certificateDer: Uint8Array): string {
  const lines = Buffer.from(certificateDer)
    .toString("base64")
    .match(/.{1,64}/g);
  return ["-----BEGIN CERTIFICATE-----", ...(lines ?? []), "-----END CERTIFICATE-----", ""].join("\n");
}

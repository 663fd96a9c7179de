import { isWebToken } from "../checksums.ts";
import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Private keys, signed tokens, and passwords inside addresses. */
export const keyKinds: readonly SecretKind[] = [
  {
    id: "private-key",
    name: "private key",
    // With line ends as they are, or as `\n` where the key is written on one line.
    pattern:
      /-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED) )?PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)+[A-Za-z0-9+/=:,.\s\\-]{32}/,
    hints: ["PRIVATE KEY"],
    boundary: "none",
  },
  {
    id: "pgp-private-key",
    name: "PGP private key",
    pattern: /-----BEGIN PGP PRIVATE KEY BLOCK-----/,
    hints: ["PGP PRIVATE KEY"],
    boundary: "none",
  },
  {
    id: "putty-private-key",
    name: "PuTTY private key",
    pattern: /PuTTY-User-Key-File-[23]: \S+/,
    hints: ["PuTTY-User-Key-File"],
    boundary: "none",
  },
  startingWith("age-private-key", "age private key", "AGE-SECRET-KEY-1", /[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/),
  startingWith(
    "json-web-token",
    "signed token (JWT)",
    "eyJ",
    /[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{20,1000}/,
    {
      isSound: isWebToken,
    },
  ),
  {
    id: "address-password",
    name: "password in an address",
    pattern:
      /(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|https?|ftps?|ssh|smtps?|ldaps?|nats|kafka|clickhouse):\/\/[A-Za-z0-9._~%-]{1,80}:[^\s"'@/${}<>*`\\]{4,200}@[A-Za-z0-9.-]{1,253}/,
    hints: ["://"],
    boundary: "none",
  },
];

import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** Cost of a hash: 19 MiB, two passes, one lane (OWASP's minimum for argon2id). */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** Hashes a password with argon2id into the PHC string format. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive("argon2id", { message: password.normalize("NFC"), nonce, ...cost });
  const base64 = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** A hash that no password fits, so that an unknown name costs as much time as a wrong password. */
const nobody = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$AAAAAAAAAAAAAAAAAAAAAA$${"A".repeat(43)}`;

/** Whether the password fits the hash. Takes the same time where there is no hash. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, , , parameters = "", nonce = "", tag = ""] = (hash ?? nobody).split("$");
  const values = Object.fromEntries(parameters.split(",").map((part) => part.split("=")));
  const expected = Buffer.from(tag, "base64");
  const actual = await derive("argon2id", {
    message: password.normalize("NFC"),
    nonce: Buffer.from(nonce, "base64"),
    memory: Number(values["m"]),
    passes: Number(values["t"]),
    parallelism: Number(values["p"]),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected) && hash !== null;
}

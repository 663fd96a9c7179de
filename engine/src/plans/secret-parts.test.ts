import { expect, test } from "vitest";
import { secretParts } from "./secret-parts.ts";

const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----";

test("of a service account's JSON the key, not what is no secret", () => {
  const account = {
    type: "service_account",
    project_id: "acme-prod",
    private_key_id: "0123456789",
    private_key: `${key}\n`,
  };
  expect(secretParts(JSON.stringify(account))).toEqual([key]);
  expect(
    secretParts(JSON.stringify({ Credentials: { SecretAccessKey: "abcdefgh", AccessKeyId: "AKIA0000" } })),
  ).toEqual(["abcdefgh"]);
  expect(secretParts('{"private_key": "cut off')).toEqual([]);
  expect(secretParts(`${'{"token":'.repeat(50)}"abcdefgh"${"}".repeat(50)}`)).toEqual([]);
});

test("of a kubeconfig, of a shared credentials file, of settings: the values alone", () => {
  expect(
    secretParts("users:\n- name: admin\n  user:\n    client-key-data: TFMwdExTMUNSVWRK\n    token: 'abcdefghij'\n"),
  ).toEqual(["TFMwdExTMUNSVWRK", "abcdefghij"]);
  expect(secretParts("[default]\naws_access_key_id = AKIA0000\naws_secret_access_key = wJalrXUtnFEMI\n")).toEqual([
    "wJalrXUtnFEMI",
  ]);
  expect(secretParts('export API_TOKEN="abcdefghij"\nREGION=eu-central-1\n')).toEqual(["abcdefghij"]);
});

test("a plain secret and a short value have no parts", () => {
  expect(secretParts("key=abcdefghij")).toEqual([]);
  expect(secretParts('{"token":"short"}')).toEqual([]);
});

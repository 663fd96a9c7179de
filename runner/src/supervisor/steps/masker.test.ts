import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

function mask(text: string, secrets: string[]): string {
  const masker = createMasker(secrets);
  return masker.push(text) + masker.end();
}

const secret = 'p4ss<word>&"x\\y';

describe("mask", () => {
  it.each([
    ["as it is", secret],
    ["JSON-escaped", JSON.stringify(secret)],
    ["as Go escapes JSON", '"p4ss\\u003cword\\u003e\\u0026\\"x\\\\y"'],
    ["URL-encoded", encodeURIComponent(secret)],
    ["in hexadecimal", Buffer.from(secret).toString("hex")],
    ["in base64", Buffer.from(secret).toString("base64")],
    ["in base64url", Buffer.from(secret).toString("base64url")],
  ])("hides a secret %s", (_how, shown) => {
    const text = mask(`before ${shown} after`, [secret]);
    expect(text).toMatch(/^before .*\(secret\).* after$/);
    expect(text).not.toContain("p4ss");
    expect(text).not.toContain(shown);
  });

  it("hides the key of a service account alone, in lines and with line ends written out", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n";
    const account = JSON.stringify({ project_id: "acme-prod", private_key: key });
    expect(mask(`bad key: ${key}project acme-prod`, [account])).toMatch(/^bad key: \(secret\)\s+project acme-prod$/);
    expect(mask("cannot read MIIEvQIBADANBg", [account])).toBe("cannot read (secret)");
    expect(mask("line MIIEvQIBADANBg", [key.replaceAll("\n", "\\n")])).toBe("line (secret)");
  });

  it("hides it inside base64 of a longer text, wherever it begins", () => {
    for (const before of ["", "a", "ab", "user:"]) {
      const encoded = Buffer.from(`${before}correct-horse-battery${before}`).toString("base64");
      expect(mask(encoded, ["correct-horse-battery"])).toContain("(secret)");
    }
  });

  it("hides every line of a secret of several lines", () => {
    const key = "-----BEGIN KEY-----\nMIIEabcdef\nGHIJKLMN\n-----END KEY-----";
    expect(mask("x MIIEabcdef y\nGHIJKLMN", [key])).toBe("x (secret) y\n(secret)");
  });

  it("leaves values alone that are too short to be secrets", () => {
    expect(mask("a 1 true", ["a", "1", ""])).toBe("a 1 true");
  });

  it("takes the longest of overlapping secrets", () => {
    expect(mask("abcdefgh", ["abcd", "abcdef"])).toBe("(secret)gh");
  });
});

describe("createMasker", () => {
  it("never shows a secret, however the text is cut", () => {
    const values = fc.constantFrom("hunter22", "hunter2299", "22hunter", "aaaa", "aaab");
    const texts = fc.array(fc.oneof(values, fc.constantFrom(" ", "a", "h", "hunter", "2")), { maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }), (parts, cuts) => {
        const secrets = ["hunter22", "hunter2299", "22hunter", "aaaa", "aaab"];
        const text = parts.join("");
        const masker = createMasker(secrets);
        let shown = "";
        let at = 0;
        for (const cut of cuts) {
          shown += masker.push(text.slice(at, at + cut));
          at += cut;
        }
        shown += masker.push(text.slice(at)) + masker.end();
        for (const value of secrets) expect(shown).not.toContain(value);
      }),
    );
  });

  it("gives what is no secret unchanged, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 })), (pieces) => {
        const masker = createMasker(["no-such-secret-here"]);
        expect(pieces.map((piece) => masker.push(piece)).join("") + masker.end()).toBe(pieces.join(""));
      }),
    );
  });

  it("holds back only what may become a secret", () => {
    const masker = createMasker(["hunter2"]);
    expect(masker.push("say hun")).toBe("say ");
    expect(masker.push("gry")).toBe("hungry");
  });
});

import { X509Certificate } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { certificatePem, createPluginCertificate } from "./certificate.ts";
import * as der from "./der.ts";
import { handshakeLine, protocolAccepted } from "./handshake.ts";

describe("the plugin's certificate", () => {
  it("is a self-signed authority for localhost, for servers and clients, valid now", () => {
    const now = new Date();
    const { certificateDer, privateKey } = createPluginCertificate(now);
    const certificate = new X509Certificate(certificateDer);
    expect(certificate.subject).toBe("CN=localhost");
    expect(certificate.subjectAltName).toBe("DNS:localhost");
    expect(certificate.ca).toBe(true);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(privateKey)).toBe(true);
    expect(certificate.validFromDate.getTime()).toBeLessThan(now.getTime());
    expect(certificate.validToDate.getTime()).toBeGreaterThan(now.getTime());
  });

  it("can be read as PEM every time", () => {
    for (let round = 0; round < 300; round += 1) {
      const { certificateDer } = createPluginCertificate(new Date());
      expect(new X509Certificate(certificatePem(certificateDer)).raw).toEqual(certificateDer);
    }
  });

  it.each([47, 48, 49, 96])("has no empty line in the PEM of %i bytes", (length) => {
    expect(certificatePem(Buffer.alloc(length))).not.toContain("\n\n");
  });
});

describe("DER", () => {
  it("writes integers as short as possible and never negative", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 200n }), (number) => {
        const digits = number.toString(16);
        const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2) + 2, "0"), "hex");
        const encoded = der.integer(bytes);
        expect(BigInt(`0x${encoded.subarray(2).toString("hex")}`)).toBe(number);
        expect(encoded[2]! & 0x80).toBe(0);
        const needlessZero = encoded.length > 3 && encoded[2] === 0 && (encoded[3]! & 0x80) === 0;
        expect(needlessZero).toBe(false);
      }),
    );
  });

  it("writes long lengths and object identifiers as the standard shows", () => {
    expect(der.octetString(Buffer.alloc(200)).subarray(0, 3).toString("hex")).toBe("0481c8");
    expect(der.octetString(Buffer.alloc(300)).subarray(0, 4).toString("hex")).toBe("0482012c");
    expect(der.objectIdentifier("1.2.840.10045.4.3.2").toString("hex")).toBe("06082a8648ce3d040302");
  });
});

describe("the handshake", () => {
  it("carries the certificate in base64 without padding", () => {
    expect(handshakeLine("/tmp/x/plugin.sock", Buffer.from("ab"))).toBe("1|6|unix|/tmp/x/plugin.sock|grpc|YWI");
    expect(handshakeLine("/tmp/x/plugin.sock", undefined)).toBe("1|6|unix|/tmp/x/plugin.sock|grpc|");
  });

  it("needs a starter that knows protocol 6, or one that does not say", () => {
    expect([{}, { PLUGIN_PROTOCOL_VERSIONS: "5,6" }, { PLUGIN_PROTOCOL_VERSIONS: "5" }].map(protocolAccepted)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { redactor } from "./redact.ts";

const plan = {
  variables: { token: { value: "tok-123456" }, size: { value: "large" } },
  configuration: { root_module: { variables: { token: { sensitive: true }, size: {} } } },
  resource_changes: [
    {
      change: {
        before: { password: "old-secret" },
        before_sensitive: { password: true },
        after: { password: 'new"secret', name: "orders", on: true, list: [{ key: "key-in-list" }, { key: "plain" }] },
        after_sensitive: { password: true, on: true, list: [{ key: true }, {}] },
      },
    },
  ],
};

describe("redacting messages", () => {
  const redact = redactor(plan);

  it("takes out what the plan marks as sensitive, also as JSON writes it", () => {
    expect(redact('a old-secret b new"secret c {"password": "new\\"secret"} d key-in-list e tok-123456')).toBe(
      'a (sensitive value) b (sensitive value) c {"password": "(sensitive value)"} d (sensitive value) e (sensitive value)',
    );
  });

  it("leaves everything else", () => {
    expect(redact("orders are large, plain and true")).toBe("orders are large, plain and true");
    expect(redactor("no plan")("text")).toBe("text");
  });
});

import { expect, it } from "vitest";
import { isAllowed, parseTarget, ruleAllows } from "./allow-list.ts";

it("matches hosts, ports and domains, never by accident", () => {
  const target = (text: string) => parseTarget(text, 443) ?? { host: "", port: 0 };
  expect(ruleAllows("example.com", target("example.com:443"))).toBe(true);
  expect(ruleAllows("example.com", target("EXAMPLE.com.:443"))).toBe(true);
  expect(ruleAllows("example.com", target("example.com:80"))).toBe(false);
  expect(ruleAllows("example.com:*", target("example.com:80"))).toBe(true);
  expect(ruleAllows("*.example.com", target("a.b.example.com:443"))).toBe(true);
  expect(ruleAllows("*.example.com", target("example.com:443"))).toBe(false);
  expect(ruleAllows("*.example.com", target("evilexample.com:443"))).toBe(false);
  expect(ruleAllows("[::1]:80", target("[::1]:80"))).toBe(true);
  expect(isAllowed([], target("example.com"))).toBe(false);
  for (const bad of ["", "a b:1", "a:0", "a:99999", "user@host:1", "http://x", "a/b"])
    expect(parseTarget(bad, 443)).toBeUndefined();
});

import { describe, expect, it } from "vitest";
import type { Json } from "../resources/json.ts";
import { covers, deniesPlainText, everyAction, letsEverybodyIn, onEverything } from "./policy-document.ts";
import { statementsOf } from "./statement.ts";
import type { Statement } from "./statement.ts";

function read(statement: Json): Statement {
  const [first] = statementsOf(JSON.stringify({ Statement: statement })) ?? [];
  if (!first) throw new Error("no statement");
  return first;
}

describe("a policy document", () => {
  it("is the same with one statement or a list, one text or several", () => {
    const single = read({ Effect: "Allow", Action: "S3:*", Resource: "*", Principal: "*" });
    expect(read([{ Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Principal: { AWS: ["*"] } }])).toEqual(single);
    expect(single.actions).toEqual(["s3:*"]);
  });

  it.each(["", "no JSON", "[]", '{"Statement":"all"}', '{"Statement":[1]}', "null"])("is none: %s", (text) => {
    expect(statementsOf(text)).toBeUndefined();
  });

  it("finds an action inside a pattern, and takes dots and plus signs for themselves", () => {
    expect(covers(["iam:pass*"], "iam:PassRole")).toBe(true);
    expect(covers(["iam:?assrole"], "iam:PassRole")).toBe(true);
    expect(covers(["iam.passrole", "iam:(pass)role"], "iam:PassRole")).toBe(false);
  });

  it("knows everything by all its names", () => {
    expect(everyAction(read({ Effect: "Allow", Action: ["*:*"] }))).toBe(true);
    expect(everyAction(read({ Effect: "Allow", Action: ["s3:*"] }))).toBe(false);
    expect(onEverything(read({ Effect: "Allow", Resource: ["arn:aws:s3:::*"] }))).toBe(false);
  });
});

describe("everybody", () => {
  const to = (statement: { [key: string]: Json }) =>
    letsEverybodyIn(read({ Effect: "Allow", Principal: "*", ...statement }));

  it("is let in without a condition, and by one that everybody meets", () => {
    expect(to({})).toBe(true);
    expect(to({ Condition: {} })).toBe(true);
    expect(to({ Condition: { Bool: { "aws:SecureTransport": true } } })).toBe(true);
    expect(to({ Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "0.0.0.0/0"] } } })).toBe(true);
    expect(to({ Condition: { StringLike: { "aws:PrincipalArn": "*" } } })).toBe(true);
  });

  it("is kept out by a condition that says who, and by a denial", () => {
    expect(to({ Condition: { StringEquals: { "AWS:SourceAccount": "111122223333" } } })).toBe(false);
    expect(
      to({ Condition: { Bool: { "aws:SecureTransport": true }, ArnLike: { "aws:SourceArn": "arn:aws:s3:::a" } } }),
    ).toBe(false);
    expect(to({ Effect: "Deny" })).toBe(false);
    expect(to({ Principal: { Service: "s3.amazonaws.com" } })).toBe(false);
  });

  it("is let in by a permission for all but some", () => {
    expect(letsEverybodyIn(read({ Effect: "Allow", NotPrincipal: { AWS: "arn:aws:iam::1:root" } }))).toBe(true);
  });
});

describe("plain text", () => {
  it("is denied by the transport or by the version of TLS", () => {
    const deny = (condition: Json) => deniesPlainText(read({ Effect: "Deny", Principal: "*", Condition: condition }));
    expect(deny({ Bool: { "aws:SecureTransport": false } })).toBe(true);
    expect(deny({ NumericLessThan: { "s3:TlsVersion": "1.2" } })).toBe(true);
    expect(deny({ Bool: { "aws:SecureTransport": "true" } })).toBe(false);
  });
});

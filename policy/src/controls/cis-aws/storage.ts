import { not, equals } from "../../vocabulary/condition.ts";
import { cisAws, outsideOfCode } from "./editions.ts";
import type { Control } from "../control.ts";

/** Section 2 of CIS AWS Foundations 5.0, and the part of section 5 about disks and machines. */
export const cisAwsStorage: readonly Control[] = [
  cisAws({
    id: "2.1.1",
    newId: "3.1.1",
    title: "Buckets deny requests without TLS",
    scope: "joined",
    severity: "medium",
  }),
  cisAws({
    id: "2.1.2",
    newId: "3.1.2",
    title: "Versions of objects are deleted with a second factor only",
    scope: "joined",
    severity: "low",
  }),
  outsideOfCode(
    "2.1.3",
    "What lies in buckets is searched for sensitive data",
    "Look at the jobs of Macie, or of what takes its place.",
    "3.1.3",
  ),
  cisAws({ id: "2.1.4", newId: "3.1.4", title: "Buckets block public access", scope: "joined", severity: "high" }),
  cisAws({ id: "2.2.1", newId: "3.2.1", title: "Databases are encrypted", scope: "resource", severity: "high" }),
  cisAws({
    id: "2.2.2",
    newId: "3.2.2",
    title: "Databases take minor versions automatically",
    scope: "resource",
    severity: "low",
  }),
  cisAws({
    id: "2.2.3",
    newId: "3.2.3",
    title: "Databases have no address on the internet",
    scope: "resource",
    severity: "critical",
  }),
  cisAws({
    id: "2.2.4",
    newId: "3.2.4",
    title: "Databases stand in more than one zone",
    scope: "resource",
    severity: "low",
  }),
  cisAws({ id: "2.3.1", newId: "3.3.1", title: "File systems are encrypted", scope: "resource", severity: "high" }),
  cisAws({
    id: "5.1.1",
    newId: "6.1.1",
    title: "New disks are encrypted by themselves",
    scope: "account",
    severity: "high",
    exists: { resourceTypes: ["aws_ebs_encryption_by_default"], where: not(equals("enabled", false)) },
  }),
  cisAws({
    id: "5.7",
    newId: "6.7",
    title: "Machines give metadata against a token only",
    scope: "resource",
    severity: "high",
  }),
];

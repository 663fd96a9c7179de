import { awsRules } from "../../rules/aws/aws-rules.ts";
import { answering } from "../answering.ts";
import { nameOfControl } from "../control.ts";
import type { Control, ControlName } from "../control.ts";

type Row = Pick<Control, "id" | "title" | "scope" | "severity"> & Partial<Pick<Control, "exists" | "counts">>;

/** A control of CIS AWS Foundations 5.0, with its number in 7.0 where it has one there; the rules are those that name it. */
export function cisAws({ newId, ...row }: Row & { newId?: string }): Control {
  const own: ControlName = { catalogue: "CIS AWS 5.0", id: row.id };
  const also = newId === undefined ? [] : [{ catalogue: "CIS AWS 7.0", id: newId }];
  return { ...own, ...row, also, rules: answering(awsRules, ...[own, ...also].map(nameOfControl)) };
}

/** A control that only CIS AWS Foundations 7.0 has. */
export function cisAws7(row: Row): Control {
  const own: ControlName = { catalogue: "CIS AWS 7.0", id: row.id };
  return { ...own, ...row, also: [], rules: answering(awsRules, nameOfControl(own)) };
}

/** One that no resource says anything about. `where` is where to look instead. */
export function outsideOfCode(id: string, title: string, where: string, newId?: string): Control {
  return {
    catalogue: "CIS AWS 5.0",
    id,
    also: newId === undefined ? [] : [{ catalogue: "CIS AWS 7.0", id: newId }],
    title,
    scope: "account",
    severity: "medium",
    rules: [],
    notInCode: where,
  };
}

import { googleRules } from "../../rules/google/google-rules.ts";
import { answering } from "../answering.ts";
import { nameOfControl } from "../control.ts";
import type { Control } from "../control.ts";

type Row = Pick<Control, "id" | "title" | "severity"> & Partial<Pick<Control, "scope" | "exists" | "counts">>;

/** A control of CIS Google Cloud Foundations 5.0; the rules are those that name it. Without a scope it is about single resources. */
export function cisGcp(row: Row): Control {
  const catalogue = "CIS GCP 5.0";
  const rules = answering(googleRules, nameOfControl({ catalogue, id: row.id }));
  return { scope: "resource", ...row, catalogue, also: [], rules };
}

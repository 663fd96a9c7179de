import { azureRules } from "../../rules/azure/azure-rules.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { Condition } from "../../vocabulary/condition.ts";
import { answering } from "../answering.ts";
import { nameOfControl } from "../control.ts";
import type { Control } from "../control.ts";

type Row = Pick<Control, "id" | "title" | "scope" | "severity"> & Partial<Pick<Control, "exists" | "counts">>;

/** A control of CIS Azure Foundations 5.0; the rules are those that name it. */
export function cisAzure(row: Row): Control {
  return controlOf("CIS Azure 5.0", row);
}

/** A control of the edition 3.0: databases, machines and apps have left the newer one for benchmarks of their own. */
export function cisAzure3(row: Row): Control {
  return controlOf("CIS Azure 3.0", row);
}

function controlOf(catalogue: string, row: Row): Control {
  return { ...row, catalogue, also: [], rules: answering(azureRules, nameOfControl({ catalogue, id: row.id })) };
}

/** The resource is of a type that begins so: several controls may share a rule over many types. */
export function ofType(prefix: string): Condition {
  return judge(({ resource }) => (resource.type.startsWith(prefix) ? [{ outcome: "true" }] : []));
}

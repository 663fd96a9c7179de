import { isDeepStrictEqual } from "node:util";
import { isValueObject } from "@plumbline/providers/dynamic-value/dynamic-value";
import type { Value } from "@plumbline/providers/dynamic-value/dynamic-value";
import { asText } from "../kinds/attribute.ts";
import type { Kind } from "../kinds/attribute.ts";
import type { LabClient } from "./lab-client.ts";
import { completePlan, requestValues, stateFromAnswer } from "./state-values.ts";

/**
 * Creates, changes or deletes one resource.
 * @returns its new state; null once deleted
 * @throws LabError when the cloud refuses
 */
export async function applyChange(client: LabClient, kind: Kind, prior: Value, planned: Value): Promise<Value> {
  if (!isValueObject(planned)) {
    if (isValueObject(prior)) await client.delete(kind.name, asText(prior["id"]));
    return null;
  }
  const wanted = requestValues(kind, planned);
  if (!isValueObject(prior)) {
    const answer = await client.create(kind.name, wanted);
    return completePlan(planned, stateFromAnswer(kind, answer, planned));
  }
  // Only what changes is sent, so that a reader of the cloud's log sees the change and not the whole resource.
  const before = requestValues(kind, prior);
  const changed = Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isDeepStrictEqual(value, before[name] ?? null)),
  );
  const answer = await client.update(kind.name, asText(prior["id"]), changed);
  return completePlan(planned, stateFromAnswer(kind, answer, planned));
}

import type { JsonObject } from "../kinds/attribute.ts";

/** A resource as the cloud keeps it. Times are ISO 8601 in UTC. */
export type Resource = {
  id: string;
  kind: string;
  account: string;
  values: JsonObject;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
};

/** One line of the activity log. `changes` names what was changed, from what to what; secrets are masked. */
export type Activity = {
  number: number;
  at: string;
  account: string;
  actor: string;
  action: "create" | "update" | "delete";
  kind: string;
  id: string;
  name: string;
  changes: { attribute: string; from: JsonObject[string]; to: JsonObject[string] }[];
};

/** All the cloud remembers; what the data file holds. */
export type CloudState = { resources: Record<string, Resource>; activity: Activity[]; activityCount: number };

export function emptyState(): CloudState {
  return { resources: {}, activity: [], activityCount: 0 };
}

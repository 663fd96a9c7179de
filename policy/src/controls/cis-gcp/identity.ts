import { anything } from "../../vocabulary/condition.ts";
import { cisGcp } from "./edition.ts";
import type { Control } from "../control.ts";

/** Section 1 of CIS Google Cloud Foundations 5.0: identity. */
export const cisGcpIdentity: readonly Control[] = [
  cisGcp({ id: "1.5", title: "Service accounts have no keys made by users", severity: "medium" }),
  cisGcp({ id: "1.6", title: "Service accounts have no administrative or basic roles", severity: "high" }),
  cisGcp({ id: "1.7", title: "Nobody may act as every service account of a project", severity: "high" }),
  cisGcp({
    id: "1.9",
    title: "Making service accounts and acting as them is not in the same hands",
    scope: "joined",
    severity: "medium",
  }),
  cisGcp({ id: "1.10", title: "Keys are not open to everybody", severity: "critical" }),
  cisGcp({ id: "1.11", title: "Keys are rotated every 90 days", severity: "medium" }),
  cisGcp({
    id: "1.12",
    title: "Managing keys and using them is not in the same hands",
    scope: "joined",
    severity: "medium",
  }),
  cisGcp({ id: "1.15", title: "API keys work only for the services they are for", severity: "medium" }),
  cisGcp({
    id: "1.17",
    title: "Somebody is named whom Google can tell of security matters",
    scope: "account",
    severity: "low",
    exists: { resourceTypes: ["google_essential_contacts_contact"], where: anything },
  }),
];

import { all, any, connected, matches, oneOf } from "../../vocabulary/condition.ts";
import { pointsAtSubscription } from "../../rules/azure/subscription-scope.ts";
import { cisAzure } from "./editions.ts";
import type { Control } from "../control.ts";

const isOwner = any(
  oneOf("role_definition_name", ["Owner"]),
  matches("role_definition_id", /8e3af657-a8ff-443c-a75c-2fe8c4bcb635/i),
);

/** Sections 2 and 5 of CIS Azure Foundations 5.0: Databricks and identities. */
export const cisAzureIdentity: readonly Control[] = [
  cisAzure({
    id: "2.1.1",
    title: "Databricks works in a network of your own",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "2.1.8",
    title: "Databricks encrypts with a key of your own",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "2.1.9",
    title: "Databricks machines have no addresses on the internet",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "2.1.10",
    title: "Databricks cannot be reached from public networks",
    scope: "resource",
    severity: "medium",
  }),
  cisAzure({
    id: "5.3.3",
    title: "Nobody may give every right to everybody all the time",
    scope: "resource",
    severity: "high",
  }),
  cisAzure({
    id: "5.23",
    title: "No role of your own allows everything in a subscription",
    scope: "resource",
    severity: "high",
  }),
  cisAzure({
    id: "5.27",
    // That there are no more than three has to be counted by a person: who is an owner through a group is not in code.
    title: "At least two identities own the subscription",
    scope: "account",
    severity: "medium",
    exists: {
      resourceTypes: ["azurerm_role_assignment"],
      where: all(
        isOwner,
        pointsAtSubscription("scope"),
        connected("azurerm_role_assignment", { from: "scope", to: ["scope"] }, isOwner),
      ),
    },
  }),
];

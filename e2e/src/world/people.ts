import type { RoleBinding } from "@plumbline/contract";

/** Somebody of the demo. */
export interface DemoPerson {
  name: string;
  displayName: string;
  email: string;
  roles: RoleBinding[];
  /** What he is, in words. */
  is: string;
}

const everywhere = "*";

/** The demo's people. Who owns which path stands in the repository's CODEOWNERS. */
export const demoPeople: DemoPerson[] = [
  {
    name: "dev",
    displayName: "Devi Okafor",
    email: "dev@acme.example",
    roles: [{ role: "proposer", environments: everywhere }],
    is: "may propose to every environment",
  },
  {
    name: "owner",
    displayName: "Olga Winter",
    email: "owner@acme.example",
    roles: [{ role: "approver", environments: everywhere }],
    is: "code owner of every path",
  },
  {
    name: "owner2",
    displayName: "Oscar Wilms",
    email: "owner2@acme.example",
    roles: [{ role: "approver", environments: everywhere }],
    is: "code owner of every path",
  },
  {
    name: "platform",
    displayName: "Paula Lorenz",
    email: "platform@acme.example",
    roles: [
      { role: "administrator", environments: everywhere },
      { role: "approver", environments: everywhere },
      { role: "operator", environments: everywhere },
    ],
    is: "administrator, code owner of every path",
  },
  {
    name: "auditor",
    displayName: "Ada Urban",
    email: "auditor@acme.example",
    roles: [{ role: "auditor", environments: everywhere }],
    is: "may only read",
  },
];

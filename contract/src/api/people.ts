import { z } from "zod";
import { RoleBinding } from "../access.ts";
import { endpoint } from "../endpoint.ts";
import { Instant } from "./common.ts";

export const Person = z
  .object({
    name: z.string(),
    displayName: z.string(),
    email: z.string().nullable(),
    addresses: z.array(z.string()),
    roles: z.array(RoleBinding),
    disabledAt: Instant.nullable(),
    createdAt: Instant,
    tokens: z.int(),
    lastSeenAt: Instant.nullable(),
  })
  .meta({ id: "Person" });
export type Person = z.infer<typeof Person>;

const PersonName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,38}$/, "small letters, digits and dashes, beginning with a letter, at most 39");

export const listPeople = endpoint({
  id: "listPeople",
  method: "GET",
  path: "/api/v1/people",
  auth: "person",
  tag: "people",
  summary: "Everybody in the organization with his roles",
  response: z.object({ items: z.array(Person) }),
});

export const createPerson = endpoint({
  id: "createPerson",
  method: "POST",
  path: "/api/v1/people",
  auth: "person",
  tag: "people",
  summary: "Add a person",
  body: z.object({
    name: PersonName,
    displayName: z.string().min(1).max(100),
    email: z.email().max(254).optional(),
    /** Addresses that stand in this person's commits; the e-mail counts by itself. */
    addresses: z.array(z.email().max(254)).max(20).default([]),
    password: z.string().min(10).max(1000).optional(),
    roles: z.array(RoleBinding).max(100),
  }),
  response: Person,
});

export const changePerson = endpoint({
  id: "changePerson",
  method: "PATCH",
  path: "/api/v1/people/:name",
  auth: "person",
  tag: "people",
  summary: "Change a person's roles, addresses or password, or disable him",
  params: z.object({ name: z.string().max(39) }),
  body: z.object({
    displayName: z.string().min(1).max(100).optional(),
    email: z.email().max(254).nullable().optional(),
    addresses: z.array(z.email().max(254)).max(20).optional(),
    password: z.string().min(10).max(1000).optional(),
    roles: z.array(RoleBinding).max(100).optional(),
    disabled: z.boolean().optional(),
  }),
  response: Person,
});

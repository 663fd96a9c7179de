import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Me } from "./sessions.ts";

/** Printed by the server at its start, and in a file of its data directory, while nothing is set up. */
const SetUpSecret = z.string().min(1).max(200);

export const getSetUp = endpoint({
  id: "getSetUp",
  method: "GET",
  path: "/api/v1/set-up",
  auth: "public",
  tag: "set-up",
  summary: "Whether the installation has no organization yet and waits to be set up",
  response: z.object({ needed: z.boolean() }),
});

export const openSetUp = endpoint({
  id: "openSetUp",
  method: "POST",
  path: "/api/v1/set-up/secret",
  auth: "public",
  tag: "set-up",
  summary: "Show the set-up secret; answers what has to be known about the root key",
  body: z.object({ secret: SetUpSecret }),
  response: z.object({
    rootKey: z.object({
      /** Path on the server's machine. */
      file: z.string(),
      /** Names the key and tells nothing about it. */
      keyId: z.string(),
    }),
  }),
});

export const setUp = endpoint({
  id: "setUp",
  method: "POST",
  path: "/api/v1/set-up",
  auth: "public",
  tag: "set-up",
  summary: "Make the first organization and its administrator, and sign him in; once per installation",
  body: z.object({
    secret: SetUpSecret,
    organization: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,38}$/, "small letters, digits and dashes, not beginning with a dash, at most 39"),
    administrator: z.object({
      name: z
        .string()
        .regex(/^[a-z][a-z0-9-]{0,38}$/, "small letters, digits and dashes, beginning with a letter, at most 39"),
      displayName: z.string().min(1).max(100),
      email: z.email().max(254),
      password: z.string().min(10).max(1000),
    }),
    /** That a copy of the root key is kept apart from the installation. */
    rootKeyKept: z.literal(true, "has to be confirmed"),
  }),
  response: Me,
});

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { Instant } from "./common.ts";

/** An environment of a repository, in order of promotion. */
export const EnvironmentView = z
  .object({
    name: z.string(),
    order: z.int(),
    pin: z.object({ ref: z.string(), label: z.string().nullable(), subject: z.string().nullable() }).nullable(),
    approvals: z.int(),
    ticketRequired: z.boolean(),
    ticketPattern: z.string().nullable(),
    credentials: z.string().nullable(),
    driftEverySeconds: z.int(),
    /** Commits of main that are not in the pin. */
    behind: z.int(),
  })
  .meta({ id: "EnvironmentView" });
export type EnvironmentView = z.infer<typeof EnvironmentView>;

export const Repository = z
  .object({
    name: z.string(),
    gitUrl: z.string(),
    headCommit: z.string().nullable(),
    createdAt: Instant,
    layers: z.array(z.string()),
    components: z.array(
      z.object({
        name: z.string(),
        /** As plumbline.yaml says it: with {environment} and the like where it differs between environments. */
        path: z.string(),
        /** The environments it exists in, in order, as far as the caller may know them. */
        environments: z.array(z.string()),
        layer: z.string(),
        dependsOn: z.array(z.string()),
        /**
         * Outputs that it takes: `vpc_id` from `network.vpc_id`, one of `dependsOn`, or from `backbone:network.vpc_id`, a
         * component of another repository. Left out is what the caller may not know.
         */
        inputs: z.array(z.object({ variable: z.string(), from: z.string() })),
      }),
    ),
    environments: z.array(EnvironmentView),
    problems: z.array(z.object({ message: z.string(), file: z.string(), line: z.int().nullable() })),
  })
  .meta({ id: "Repository" });
export type Repository = z.infer<typeof Repository>;

export const listRepositories = endpoint({
  id: "listRepositories",
  method: "GET",
  path: "/api/v1/repositories",
  auth: "person",
  tag: "repositories",
  summary: "Repositories with what main declares",
  response: z.object({ items: z.array(Repository) }),
});

export const createRepository = endpoint({
  id: "createRepository",
  method: "POST",
  path: "/api/v1/repositories",
  auth: "person",
  tag: "repositories",
  summary: "Create an empty repository on the built-in forge; an administrator may push to main once",
  body: z.object({ name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "small letters, digits, dots, dashes") }),
  response: Repository,
});

/** A file as it stands at a commit. */
export const RepositoryFile = z
  .object({
    repository: z.string(),
    path: z.string(),
    commit: z.string(),
    /** Whether main stands there. */
    onMain: z.boolean(),
    /** The first line of what the commit says; null where the caller may not know it. */
    subject: z.string().nullable(),
    /** With credentials in it replaced; null where it is no text. */
    text: z.string().nullable(),
    /** Whether the text is longer than what is shown. */
    isCut: z.boolean(),
    /** Who owns it by CODEOWNERS on main, as written there; none where the caller may not know it. */
    owners: z.array(z.string()),
  })
  .meta({ id: "RepositoryFile" });
export type RepositoryFile = z.infer<typeof RepositoryFile>;

export const getRepositoryFile = endpoint({
  id: "getRepositoryFile",
  method: "GET",
  path: "/api/v1/repositories/:repository/file",
  auth: "person",
  tag: "repositories",
  summary: "A file as it stands on main or at a commit: the line behind a value, a rule or a verdict",
  params: z.object({ repository: z.string().max(100) }),
  query: z.object({
    path: z.string().min(1).max(1000),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/, "a whole commit id")
      .optional(),
  }),
  response: RepositoryFile,
});

export const getConfigurationSchema = endpoint({
  id: "getConfigurationSchema",
  method: "GET",
  path: "/api/schemas/:name",
  auth: "public",
  tag: "repositories",
  summary: "The JSON Schema of a configuration file, for editors",
  params: z.object({ name: z.string().max(100) }),
  produces: "application/schema+json",
});

/** A commit of main with how far it got. */
export const MainCommit = z
  .object({
    id: z.string(),
    subject: z.string(),
    author: z.string(),
    at: Instant,
    pullRequest: z.int().nullable(),
    /** Environments in which it has applied cleanly, and whether it can be promoted from there. */
    applied: z.array(z.string()),
  })
  .meta({ id: "MainCommit" });
export type MainCommit = z.infer<typeof MainCommit>;

export const listMainCommits = endpoint({
  id: "listMainCommits",
  method: "GET",
  path: "/api/v1/repositories/:repository/commits",
  auth: "person",
  tag: "repositories",
  summary: "Commits of main, newest first, for choosing what to promote",
  params: z.object({ repository: z.string().max(100) }),
  response: z.object({ items: z.array(MainCommit) }),
});

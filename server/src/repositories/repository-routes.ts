import {
  createRepository,
  getConfigurationSchema,
  getRepositoryFile,
  listRepositories,
} from "@plumbline/contract/api/repositories";
import type { Actor } from "../access/actor.ts";
import type { Api } from "../platform/http/register.ts";
import { register, registerPublic } from "../platform/http/register.ts";
import { configurationSchema } from "./configuration-schemas.ts";
import { createRepository as create } from "./create-repository.ts";
import { describeRepositories, describeRepository } from "./describe-repository.ts";
import { readFile } from "./read-file.ts";
import type { RepositoriesContext } from "./repositories-context.ts";

/** Adds the routes of repositories. */
export function repositoryRoutes(api: Api<Actor>, context: RepositoriesContext): void {
  register(api, listRepositories, async ({ actor }) => ({ items: await describeRepositories(context, actor) }));
  register(api, createRepository, async ({ actor, body }) =>
    describeRepository(context, actor, await create(context, actor, body.name)),
  );
  register(api, getRepositoryFile, ({ actor, params, query }) => readFile(context, actor, params.repository, query));
  registerPublic(api, getConfigurationSchema, async ({ params, reply }) => {
    const schema = await configurationSchema(params.name);
    reply.type("application/schema+json; charset=utf-8").header("cache-control", "public, max-age=3600");
    await reply.send(schema);
  });
}

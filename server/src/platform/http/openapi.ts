import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { renderApiPage } from "./api-page.ts";

type Transform = typeof jsonSchemaTransformObject;
type Described = Parameters<Transform>[0];

/** Collects the routes into OpenAPI 3.1 at /api/openapi.json, and a page to read it at /api/docs. Before any route. */
export async function describeApi(
  app: FastifyInstance,
  options: { publicUrl: string; version: string },
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Plumbline",
        version: options.version,
        description: "Errors carry a code of the catalogue, what happened, and what to do next.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: options.publicUrl }],
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "plumbline_session" },
          token: { type: "http", scheme: "bearer" },
        },
      },
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: (described: Described) => dropUnreferenced(jsonSchemaTransformObject(described)),
  });
  app.get("/api/openapi.json", async () => app.swagger());
  app.get("/api/docs", async (_request, reply) =>
    reply.type("text/html; charset=utf-8").send(renderApiPage(app.swagger())),
  );
}

/** Every schema with an id is emitted twice, as it is read and as it is written, used or not: keep what paths lead to. */
function dropUnreferenced(document: ReturnType<Transform>): ReturnType<Transform> {
  if (!("components" in document) || !document.components?.schemas) return document;
  const schemas: Record<string, unknown> = document.components.schemas;
  const kept = new Set<string>();
  const visit = (part: unknown) => {
    for (const [, name = ""] of JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (kept.has(name)) continue;
      kept.add(name);
      visit(schemas[name]);
    }
  };
  visit(document.paths);
  for (const name of Object.keys(schemas)) if (!kept.has(name)) delete schemas[name];
  return document;
}

import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import { problem } from "@plumbline/contract";
import type { FastifyInstance } from "fastify";

/**
 * Serves the built web pages: files under assets/ carry their hash in their name and may be kept for ever, the rest is
 * asked for anew. Any other address that a browser opens gets index.html, whose router knows it; what a program asks
 * for and is not there is `not_found`.
 */
export async function serveWebPages(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const hashed = path.startsWith(join(folder, "assets") + sep);
        reply.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0] ?? "";
    const isPage = (request.headers.accept ?? "").includes("text/html") && !path.startsWith("/api/");
    if (isPage && request.method === "GET") {
      if (built) return reply.header("cache-control", "no-cache").sendFile("index.html");
      throw problem("not_found", "The web pages of this installation have not been built.", {
        next: "Run npm run build -w web.",
      });
    }
    throw problem("not_found", "There is nothing at this address.");
  });
}

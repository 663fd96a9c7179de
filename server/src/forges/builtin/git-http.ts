import type { Readable, Writable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem, problem } from "@plumbline/contract";
import type { Actor } from "../../access/actor.ts";
import { refuseKeptToClients } from "../../access/kept-to-clients.ts";
import { authorize, may } from "../../access/authorize.ts";
import { bodiesAsStreams } from "../../platform/http/bodies.ts";
import type { Log } from "../../platform/log.ts";
import { errorsOf, inputOf, outputOf } from "../../platform/processes/running-process.ts";
import type { PushJudge, RepositoryKey } from "../forge.ts";
import type { BuiltinForge } from "./builtin-forge.ts";
import { readCgiHead } from "./cgi.ts";
import type { Git } from "./git.ts";
import { withSettings } from "./git.ts";
import { converse } from "./push-conversation.ts";
import type { Conversation } from "./push-conversation.ts";

/** What Git over HTTP needs from outside. */
export interface GitHttpContext {
  forge: BuiltinForge;
  git: Git;
  log: Log;
  /** Bytes of a push beyond which it is refused. */
  maxPushBytes: number;
  /**
   * Who has this name and secret: an API token (any name), or a person's name and password. Throws a problem; too many
   * wrong passwords from one network address are refused.
   */
  authenticate(organization: string, name: string, secret: string, address: string): Promise<Actor>;
  /** The repository of that name, if the actor may read it. Throws `not_found` or `not_allowed`. */
  find(actor: Actor, repository: string): Promise<RepositoryKey & { name: string }>;
  judge: PushJudge;
}

const services = { "git-upload-pack": "upload", "git-receive-pack": "receive" } as const;

/** Adds Git's smart HTTP protocol (gitprotocol-http(5)) at /git/<organization>/<repository>.git. */
export async function gitHttpRoutes(app: FastifyInstance, context: GitHttpContext): Promise<void> {
  await app.register(async (scope) => {
    bodiesAsStreams(scope);
    scope.setErrorHandler((error, _request, reply) => plainError(error, reply, context.log));
    const path = "/git/:organization/:repository.git";
    scope.get(`${path}/info/refs`, (request, reply) => serve(context, request, reply, "info/refs"));
    for (const service of Object.keys(services))
      scope.post(`${path}/${service}`, (request, reply) => serve(context, request, reply, service));
  });
}

async function serve(
  context: GitHttpContext,
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
): Promise<FastifyReply> {
  const { organization, repository } = request.params as { organization: string; repository: string };
  const query = request.query as Record<string, unknown>;
  const service = path === "info/refs" ? query["service"] : path;
  if (service !== "git-upload-pack" && service !== "git-receive-pack")
    throw problem("invalid_request", "Only Git's smart HTTP protocol is spoken here.");
  const basic = basicCredentials(request);
  if (basic === undefined)
    return reply
      .header("www-authenticate", 'Basic realm="Plumbline: your name, and your password or an API token"')
      .status(401)
      .type("text/plain")
      .send("Sign in with your name, and your password or an API token.\n");
  const actor = await context.authenticate(organization, basic.name, basic.secret, request.ip);
  if (actor.organization !== organization) throw problem("not_found", `There is no repository “${repository}”.`);
  const found = await context.find(actor, repository);
  refuseKeptToClients(actor, "read or write the code");
  // Before git unpacks anything: who can push nowhere could still fill disk and memory with what is refused afterwards.
  if (service === "git-receive-pack" && !may(actor, "repository.seed")) authorize(actor, "environment.propose");
  const length = Number(request.headers["content-length"] ?? 0);
  if (length > context.maxPushBytes) throw tooLarge(context.maxPushBytes);
  const isPush = path === "git-receive-pack";
  const child = await context.git.start(
    { directory: context.forge.directory(found) },
    ["http-backend"],
    // the hooks of a push talk with us
    isPush ? ["pipe", "pipe", "pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe"],
    {
      ...withSettings([
        ["core.hooksPath", context.forge.hooksFolder],
        ["http.receivepack", "true"],
        ["receive.advertisePushOptions", "true"],
        ["receive.procReceiveRefs", "refs/for"],
        ["receive.procReceiveRefs", "refs/heads"],
        ["receive.maxInputSize", String(context.maxPushBytes)],
        ["receive.fsckObjects", "true"],
        // Old histories hold oddities that harm nobody; what could harm somebody stays an error.
        ...["missingSpaceBeforeDate", "zeroPaddedFilemode", "badTimezone", "missingEmail"].map(
          (name) => [`receive.fsck.${name}`, "ignore"] as const,
        ),
        ["transfer.hideRefs", "refs/plumbline"],
        ["receive.unpackLimit", "1000"],
      ]),
      GIT_PROJECT_ROOT: context.forge.directory(found),
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: `/${path}`,
      REQUEST_METHOD: request.method,
      QUERY_STRING: path === "info/refs" ? `service=${service}` : "",
      REMOTE_USER: actor.name,
      REMOTE_ADDR: request.ip,
      ...header(request, "content-type", "CONTENT_TYPE"),
      ...header(request, "content-length", "CONTENT_LENGTH"),
      ...header(request, "content-encoding", "HTTP_CONTENT_ENCODING"),
      ...header(request, "git-protocol", "GIT_PROTOCOL"),
    },
  );
  let quarantine: ReturnType<BuiltinForge["quarantined"]> | undefined;
  const [, , , control, words] = child.stdio;
  const conversation: Conversation = {
    async judge({ quarantine: folder, refs, options }) {
      // A push that only deletes brings no objects.
      if (folder !== "" && !folder.startsWith(`${context.forge.directory(found)}/`))
        throw new Error("a quarantine outside the repository");
      quarantine = folder === "" ? undefined : context.forge.quarantined(found, folder);
      const objects = quarantine?.objects ?? context.forge.objects(found);
      return context.judge({ key: found, repository: found.name, actor, refs, options, objects });
    },
    failed: (error) => context.log.error("a push failed inside", { error, repository: found.name }),
  };
  if (control && words) converse(control, words, conversation);
  child.closed
    .catch((error: unknown) => context.log.error("git did not end as it should", { error }))
    .finally(() => quarantine?.close());
  errorsOf(child).resume();
  feed(request.raw, inputOf(child), context.maxPushBytes);
  reply.raw.on("close", () => {
    if (!reply.raw.writableFinished) child.kill("SIGTERM");
  });
  const output = outputOf(child);
  const head = await readCgiHead(output);
  reply.hijack();
  reply.raw.writeHead(head.status, head.headers.flat());
  if (head.rest.length > 0) reply.raw.write(head.rest);
  await pipeline(output, reply.raw).catch(() => child.kill("SIGTERM"));
  return reply;
}

/**
 * Gives the request's body to git. What comes beyond the limit, or after git has stopped reading, is swallowed: a
 * client hears the answer only after it was allowed to finish speaking.
 */
function feed(body: Readable, stdin: Writable, limit: number): void {
  let size = 0;
  let open = true;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      // A little more than git's own limit, so that git says it.
      done(null, open && size <= limit + 1024 * 1024 ? chunk : undefined);
    },
  });
  const swallow = () => {
    open = false;
    counted.unpipe();
    counted.resume();
  };
  stdin.on("error", swallow).on("close", swallow);
  body.pipe(counted).pipe(stdin);
}

function basicCredentials(request: FastifyRequest): { name: string; secret: string } | undefined {
  const found = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? "");
  if (found?.[1] === undefined) return undefined;
  const text = Buffer.from(found[1], "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}

function header(request: FastifyRequest, name: string, variable: string): Record<string, string> {
  const value = request.headers[name];
  return typeof value === "string" ? { [variable]: value } : {};
}

function tooLarge(limit: number): Problem {
  const mebibytes = Math.floor(limit / 1024 / 1024);
  return problem("too_large", `A push may hold ${mebibytes} MiB (git.maxPushBytes).`);
}

/** git shows a plain text body to whoever pushes or clones. */
function plainError(error: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const told = error instanceof Problem ? error : problem("internal", "Something failed inside Plumbline.");
  if (told.status >= 500) log.error("a Git request failed", { error });
  if (told.status === 401) reply.header("www-authenticate", 'Basic realm="Plumbline"');
  return reply.status(told.status).type("text/plain; charset=utf-8").send(`${told.message}\n${told.next}\n`);
}

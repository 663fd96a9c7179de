import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { CloudError } from "../cloud-error.ts";

/** Who acts in the console when nobody said a name. */
export const DEFAULT_PERSON = "console";
export const PERSON_COOKIE = "lab_person";

/**
 * Refuses requests that another site makes a browser send. The console has no login: whoever reaches it may act, so a
 * page of the internet must not act through the browser (cross-site form, or a name that was rebound to loopback).
 * @throws CloudError 403
 */
export function requireSameOrigin(request: IncomingMessage, hosts: readonly string[]): void {
  const { host = "", origin } = request.headers;
  const hostname = URL.parse(`http://${host}`)?.hostname.replaceAll(/[[\]]/g, "") ?? "";
  if (hostname !== "localhost" && isIP(hostname) === 0 && !hosts.includes(hostname))
    throw new CloudError(403, "wrong_host", `The console does not answer under the name "${hostname}".`);
  if (request.method === "GET") return;
  const site = request.headers["sec-fetch-site"];
  const foreign = origin === undefined ? site !== "same-origin" : URL.parse(origin)?.host !== host;
  if (foreign || (site !== undefined && site !== "same-origin"))
    throw new CloudError(403, "cross_site", "The console takes changes from its own pages only.");
}

/** The person's name from the console's cookie. */
export function readPerson(request: IncomingMessage): string {
  const cookie = request.headers.cookie
    ?.split(";")
    .map((part) => part.trim().split("="))
    .find(([name]) => name === PERSON_COOKIE);
  return cleanPerson(decodeCookieValue(cookie?.[1]));
}

/** Keeps a person's name short and on one line. */
export function cleanPerson(name: string): string {
  const clean = name.replaceAll(/\p{C}/gu, "").trim().slice(0, 60);
  return clean === "" ? DEFAULT_PERSON : clean;
}

// Decoding by URLSearchParams never throws, unlike decodeURIComponent on a broken escape.
function decodeCookieValue(encoded: string | undefined): string {
  return new URLSearchParams(`v=${encoded ?? ""}`).get("v") ?? "";
}

import { problem } from "@plumbline/contract/errors";

/**
 * A server's address without a slash at its end: `https://plumbline.example.org`. Throws where it is none, holds a
 * password, or would send a token in clear over a network.
 */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw problem("invalid_request", `“${text}” is not the address of a server.`, {
      next: "Write it like https://plumbline.example.org.",
    });
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    throw problem("invalid_request", "The address holds more than a host, a port and a path.", {
      next: "Leave out name, password, ? and #.",
    });
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    throw problem("insecure_transport", `${url.host} is not this machine, and http:// would send the token in clear.`, {
      next: "Use https://.",
    });
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host);
}

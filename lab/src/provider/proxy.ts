/**
 * The proxy for a plain-HTTP target by HTTP_PROXY, http_proxy and NO_PROXY, as Go programs read them: loopback
 * addresses are always reached directly, NO_PROXY lists hosts, domains (with or without a dot before) or `*`.
 */
export function proxyFor(target: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const named = env["HTTP_PROXY"] || env["http_proxy"];
  if (!named || isLoopback(target.hostname)) return undefined;
  const exceptions = (env["NO_PROXY"] || env["no_proxy"] || "").split(",").map((entry) => entry.trim().toLowerCase());
  if (exceptions.some((entry) => entry !== "" && matches(entry, target))) return undefined;
  return URL.parse(named.includes("://") ? named : `http://${named}`) ?? undefined;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function matches(entry: string, target: URL): boolean {
  if (entry === "*") return true;
  const [host = "", port] = entry.split(":");
  if (port !== undefined && port !== (target.port || "80")) return false;
  const domain = host.replace(/^\*?\./, "");
  return target.hostname === domain || target.hostname.endsWith(`.${domain}`);
}

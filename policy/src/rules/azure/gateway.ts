import { isObject } from "../../resources/json.ts";
import type { Json, JsonObject } from "../../resources/json.ts";
import { judge } from "../../vocabulary/condition.ts";
import type { Condition, JudgeContext, Match } from "../../vocabulary/condition.ts";

const reads = [
  "http_listener.name",
  "http_listener.protocol",
  "http_listener.frontend_ip_configuration_name",
  "frontend_ip_configuration.name",
  "frontend_ip_configuration.private_ip_address",
  "frontend_ip_configuration.subnet_id",
  "request_routing_rule.http_listener_name",
  "request_routing_rule.redirect_configuration_name",
  "request_routing_rule.url_path_map_name",
];

/**
 * A listener of an application gateway that takes HTTP on a public address and hands it on instead of redirecting. What
 * is routed by path is left alone, because it may be redirected there.
 */
export function listensInPlainText(): Condition {
  return judge(judgeListeners, reads);
}

function judgeListeners({ read, resource }: JudgeContext): Match[] {
  const [listeners, fronts, routes] = ["http_listener", "frontend_ip_configuration", "request_routing_rule"].map(
    (name) => {
      const value = read(name);
      return value.known ? blocks(value.value) : undefined;
    },
  );
  if (!listeners || !fronts || !routes) return [{ outcome: "unknown", attribute: "http_listener" }];
  const configured = resource.configured?.expressions["frontend_ip_configuration"];
  return listeners.flatMap((listener, position) => {
    if (listener["protocol"] !== "Http") return [];
    const name = listener["name"];
    const own = routes.filter((route) => route["http_listener_name"] === name);
    const forwards = own.some(
      (route) => !isSet(route["redirect_configuration_name"]) && !isSet(route["url_path_map_name"]),
    );
    if (!forwards || typeof name !== "string") return [];
    const front = fronts.findIndex((one) => one["name"] === listener["frontend_ip_configuration_name"]);
    if (front === -1 || isPrivate(fronts[front], Array.isArray(configured) ? configured[front] : undefined)) return [];
    return [{ outcome: "true", attribute: `http_listener[${position}].protocol`, identity: JSON.stringify(name) }];
  });
}

/** It stands in a subnet, or asks for a private address; one of the internet has neither. */
function isPrivate(front: JsonObject | undefined, code: Json | undefined): boolean {
  return (
    isSet(front?.["subnet_id"]) ||
    isSet(front?.["private_ip_address"]) ||
    (isObject(code) && Object.hasOwn(code, "subnet_id"))
  );
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

function blocks(value: Json): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

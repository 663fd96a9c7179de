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
 * is routed by path is left alone, because it may be redirected there. Where names are known only after apply, all rules
 * and all addresses of the gateway have to be so.
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
  const isOpen = fronts.map((front, position) =>
    isPublic(front, Array.isArray(configured) ? configured[position] : undefined),
  );
  return listeners.flatMap((listener, position) => {
    if (listener["protocol"] !== "Http") return [];
    const { name, frontend_ip_configuration_name: frontName } = listener;
    const own = named(routes, "http_listener_name", name);
    const open = named(fronts, "name", frontName).map((front) => isOpen[fronts.indexOf(front)]);
    if (own.length === 0 || !own.every(forwards) || open.length === 0 || !open.every((one) => one === true)) return [];
    const identity = JSON.stringify(isSet(name) ? name : position);
    return [{ outcome: "true", attribute: `http_listener[${position}].protocol`, identity }];
  });
}

/** The blocks whose attribute is this name; all of them while the name is not known. */
function named(list: readonly JsonObject[], attribute: string, name: Json | undefined): JsonObject[] {
  return list.filter((one) => !isSet(name) || one[attribute] === name);
}

function forwards(route: JsonObject): boolean {
  return !isSet(route["redirect_configuration_name"]) && !isSet(route["url_path_map_name"]);
}

/** An address inside the network stands in a subnet or is written out; one of the internet is neither. */
function isPublic(front: JsonObject, code: Json | undefined): boolean {
  const isInside = isSet(front["subnet_id"]) || isSet(front["private_ip_address"]);
  return !isInside && !(isObject(code) && Object.hasOwn(code, "subnet_id"));
}

function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "";
}

function blocks(value: Json): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

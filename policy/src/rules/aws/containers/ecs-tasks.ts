import { isObject } from "../../../resources/json.ts";
import type { Json, JsonObject } from "../../../resources/json.ts";
import { holds } from "../../../vocabulary/condition.ts";
import type { Condition } from "../../../vocabulary/condition.ts";

/** One of the containers, which the task lists as JSON text. */
export function container(test: (container: JsonObject) => boolean): Condition {
  return holds("container_definitions", "text", (value) => containersOf(value).some(test));
}

function containersOf(value: Json): JsonObject[] {
  if (typeof value !== "string") return [];
  try {
    const list: Json = JSON.parse(value);
    return Array.isArray(list) ? list.filter(isObject) : [];
  } catch {
    return [];
  }
}

/** HCL of a task with one container. */
export const task = (settings: string, more = ""): string => `resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "orders", image = "orders:1"${settings} }])
${more}
}`;

import { expect, test } from "vitest";
import type { StateResource } from "./resource-groups.ts";
import { resourcesInOrder } from "./resource-order.ts";

function held(address: string, dependsOn: string[] = []): StateResource {
  const resource = address.replace(/\[.*\]$/, "");
  return { address, resource, module: "", mode: "managed", type: resource.split(".")[0] ?? "", dependsOn };
}

test("comes after what it was made from, with its direct dependencies and all instances", () => {
  const nodes = resourcesInOrder([
    held("aws_instance.web[0]", ["aws_subnet.a", "aws_vpc.main", "aws_gone.x"]),
    held("aws_instance.web[1]", ["aws_subnet.a", "aws_vpc.main"]),
    held("aws_subnet.a", ["aws_vpc.main"]),
    held("aws_vpc.main"),
  ]);
  expect(nodes.map(({ name, dependsOn, addresses }) => [name, dependsOn, addresses.length])).toEqual([
    ["aws_vpc.main", [], 1],
    ["aws_subnet.a", ["aws_vpc.main"], 1],
    ["aws_instance.web", ["aws_subnet.a"], 2],
  ]);
});

test("a record that goes round in a circle is drawn all the same", () => {
  const nodes = resourcesInOrder([held("a.a", ["b.b"]), held("b.b", ["a.a"])]);
  expect(nodes.map(({ name }) => name).toSorted()).toEqual(["a.a", "b.b"]);
});

import type { PlanView, ResourceView } from "@plumbline/contract";
import { expect, test } from "vitest";
import { withPlaces } from "./with-places.ts";

const resource = (address: string, ...paths: string[]): ResourceView => ({
  address,
  mode: "managed",
  type: "lab_firewall",
  name: "main",
  action: "update",
  actions: ["update"],
  replacePaths: [],
  importing: false,
  attributes: paths.map((path) => ({
    path,
    change: "change",
    before: { kind: "absent" },
    after: { kind: "unknown" },
    replaces: false,
  })),
  unchanged: 0,
  hidden: 0,
});

const viewOf = (...resources: ResourceView[]) =>
  ({ resources, outside: resources.slice(0, 1), outputs: [] }) as unknown as PlanView;

test.each([
  ["name", 2],
  ["ingress[1].cidr_blocks[0]", 9],
  ['tags["a.b [0]"]', 4],
  ["tags.Owner", 5],
  ["ingress[0].self", undefined],
  ["names", undefined],
  ["(sensitive)", undefined],
  ["toString", undefined],
  ['odd["open', undefined],
])("%s is set on line %s", (path, line) => {
  const lines = { name: 2, tags: 4, "tags.Owner": 5, "ingress[1].cidr_blocks": 9 };
  const places = { "lab_firewall.main": { file: "a/main.tf", line: 1, lines } };
  const { resources } = withPlaces(viewOf(resource("lab_firewall.main", path)), places);
  expect(resources[0]?.attributes[0]?.line).toBe(line);
  expect(resources[0]?.place).toEqual({ file: "a/main.tf", line: 1 });
});

test("what has no block has no place", () => {
  const view = viewOf(resource("lab_firewall.other", "name"));
  expect(withPlaces(view, { "lab_firewall.main": { file: "a", line: 1 } })).toEqual(view);
});

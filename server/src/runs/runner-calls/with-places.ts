import type { PlanView, ResourcePlace, ResourceView } from "@plumbline/contract";

/** Shows each resource with the place of its block, and each attribute with the line that sets it. */
export function withPlaces(view: PlanView, places: Readonly<Record<string, ResourcePlace>>): PlanView {
  const placed = (resource: ResourceView): ResourceView => {
    const found = Object.hasOwn(places, resource.address) ? places[resource.address] : undefined;
    if (found === undefined) return resource;
    const { file, line, lines } = found;
    return { ...resource, place: { file, line }, ...(lines === undefined ? {} : withLines(resource, lines)) };
  };
  return { ...view, resources: view.resources.map(placed), outside: view.outside.map(placed) };
}

function withLines({ attributes }: ResourceView, lines: Readonly<Record<string, number>>) {
  return {
    attributes: attributes.map((attribute) => {
      const line = lineOf(attribute.path, lines);
      return line === undefined ? attribute : { ...attribute, line };
    }),
  };
}

/** The last step of a path: `.port`, `[0]`, `["a b"]`. */
const lastStep = /(?:\.[^.[\]]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\])$/;

/** The line of an attribute, or of the one it lies in: `cidr_blocks[0]` is set where `cidr_blocks` is. */
function lineOf(path: string, lines: Readonly<Record<string, number>>): number | undefined {
  if (Object.hasOwn(lines, path)) return lines[path];
  const outer = path.replace(lastStep, "");
  return outer === path ? undefined : lineOf(outer, lines);
}

import type { Component } from "../configuration.ts";
import { directoryIn, existsIn } from "../placement.ts";
import { fillTemplate } from "../template.ts";

/** Environment → names of the files in its folder that are its own, and no component's that lies there. */
export function environmentFolders(
  files: ReadonlyMap<string, string>,
  components: readonly Component[],
  environments: readonly string[],
): Map<string, string[]> {
  const isOfComponent = filesOfComponents(components, environments);
  const folders = new Map<string, string[]>();
  for (const path of files.keys()) {
    if (!path.startsWith("environments/") || isOfComponent(path)) continue;
    const slash = path.lastIndexOf("/");
    const name = path.slice("environments/".length, slash);
    if (slash < "environments/".length) continue;
    const names = folders.get(name);
    if (names === undefined) folders.set(name, [path.slice(slash + 1)]);
    else names.push(path.slice(slash + 1));
  }
  return folders;
}

/** Tells of a file in environments/ whether it belongs to a component that lies there, and not to the environment. */
function filesOfComponents(
  components: readonly Component[],
  environments: readonly string[],
): (path: string) => boolean {
  const own = new Set(environments.map((name) => `environments/${name}`));
  const directories = new Set(
    components.flatMap((component) =>
      component.path.startsWith("environments/")
        ? environments.filter((name) => existsIn(component, name)).map((name) => directoryIn(component, name))
        : [],
    ),
  );
  const named = new Set(
    components.flatMap(({ name, values = [] }) =>
      values.flatMap((value) => environments.map((environment) => fillTemplate(value, name, environment))),
    ),
  );
  return (path) => {
    if (named.has(path)) return true;
    if (!path.endsWith(".tfvars") && !path.endsWith(".tfvars.json")) return false;
    // Beside environment.yaml only those that the engine reads by itself.
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (directories.has(folder) && /\/(?:terraform|[^/]+\.auto)\.tfvars(?:\.json)?$/.test(path)) return true;
    for (let above = folder; above.startsWith("environments/"); above = above.slice(0, above.lastIndexOf("/")))
      if (directories.has(above) && !own.has(above)) return true;
    return false;
  };
}

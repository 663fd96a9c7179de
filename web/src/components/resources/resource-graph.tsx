import { useMemo } from "react";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { count } from "../../util/format.ts";
import { layOut } from "../graph/graph-layout.ts";
import { GraphPlane } from "../graph/graph-plane.tsx";
import type { StateResource } from "./resource-groups.ts";
import { oneLayer, resourcesInOrder } from "./resource-order.ts";

/** What the resources of a state were made from: a box for each resource of the code, its instances counted. */
export function ResourceGraph({
  resources,
  drifted,
}: {
  resources: readonly StateResource[];
  drifted: ReadonlySet<string>;
}) {
  const nodes = useMemo(() => resourcesInOrder(resources), [resources]);
  const layout = useMemo(() => layOut(nodes, [oneLayer]), [nodes]);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return (
    <GraphPlane layout={layout} label="Resources and what they were made from">
      {(name) => {
        const { type = "", addresses = [] } = byName.get(name) ?? {};
        const isOut = addresses.some((address) => drifted.has(address));
        return (
          <span className="graph__resource" tabIndex={0} title={name}>
            <span className={isOut ? "tone-critical held__glyph" : "tone-ok held__glyph"}>
              <Glyph name={isOut ? "drifted" : "in_sync"} size={14} />
              <span className="hidden-text">{isOut ? "drifted" : "in sync"}</span>
            </span>
            <b className="graph__name">{name.slice(name.lastIndexOf(".") + 1)}</b>
            <span className="graph__environment">
              {type}
              {addresses.length > 1 && `, ${count(addresses.length, "instance")}`}
            </span>
          </span>
        );
      }}
    </GraphPlane>
  );
}

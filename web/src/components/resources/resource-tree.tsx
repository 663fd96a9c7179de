import { useState } from "react";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { classes, count } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { resourceGroups, type ListedResource, type StateResource } from "./resource-groups.ts";
import "./resources.css";

/** So many resources of a module are shown before somebody asks for the rest. */
const shownFirst = 8;

/**
 * Resources of a state by module. `drifted` are the addresses that an open case names: they stand first and lead to it.
 * Without it nothing is said about how a resource stands, as of a past state.
 */
export function ResourceTree({
  resources,
  drifted,
}: {
  resources: readonly StateResource[];
  drifted?: { addresses: ReadonlySet<string>; caseNumber: number | null };
}) {
  return resourceGroups(resources).map(({ module, items }) => (
    <details key={module} open className="held">
      <summary>
        <b>{module === "" ? "root module" : module}</b>
        <span className="held__count note">{items.length}</span>
      </summary>
      <Listed items={items} drifted={drifted} />
    </details>
  ));
}

function Listed({
  items,
  drifted,
}: {
  items: readonly ListedResource[];
  drifted: { addresses: ReadonlySet<string>; caseNumber: number | null } | undefined;
}) {
  const [all, setAll] = useState(false);
  const isOut = ({ address }: ListedResource) => drifted?.addresses.has(address) === true;
  const ordered = [...items.filter(isOut), ...items.filter((item) => !isOut(item))];
  const shown = all || ordered.length <= shownFirst + 1 ? ordered : ordered.slice(0, shownFirst);
  return (
    <ul>
      {shown.map((item) => (
        <li key={item.address} className={classes("held__item", isOut(item) && "held__item--out tone-critical")}>
          {drifted !== undefined && (
            <span className={isOut(item) ? undefined : "tone-ok held__glyph"}>
              <Glyph name={isOut(item) ? "drifted" : "in_sync"} size={14} />
              <span className="hidden-text">{isOut(item) ? "drifted" : "in sync"}</span>
            </span>
          )}
          <code>{item.name}</code>
          {isOut(item) && typeof drifted?.caseNumber === "number" && (
            <Link href={pathTo.driftCase(drifted.caseNumber)} className="held__case">
              case {drifted.caseNumber}
            </Link>
          )}
        </li>
      ))}
      {shown.length < ordered.length && (
        <li>
          <button type="button" className="held__more" onClick={() => setAll(true)}>
            {count(ordered.length - shown.length, "more", "more")}
          </button>
        </li>
      )}
    </ul>
  );
}

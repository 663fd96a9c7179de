import type { BlockPlace } from "@plumbline/contract/plan-view";
import { createContext, useContext } from "react";
import { Link } from "../../ui/text/link.tsx";

/** Where the line of a place is shown, if it is shown anywhere. */
export const PlaceAddress = createContext<(place: BlockPlace) => string | undefined>(() => undefined);

/** A file and line of the sources; a link where the surrounding page shows that line. */
export function PlaceLink({ place }: { place: BlockPlace }) {
  const href = useContext(PlaceAddress)(place);
  const full = `${place.file}:${place.line}`;
  const text = `${place.file.split("/").at(-1)}:${place.line}`;
  return (
    <span className="plan-row__place" title={full}>
      {href === undefined ? text : <Link href={href}>{text}</Link>}
    </span>
  );
}

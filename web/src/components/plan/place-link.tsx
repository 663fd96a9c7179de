import type { BlockPlace } from "@plumbline/contract/plan-view";
import { createContext, useContext } from "react";
import { Link } from "../../ui/text/link.tsx";

/** Where the line of a place is shown, if it is shown anywhere. */
export const PlaceAddress = createContext<(place: BlockPlace) => string | undefined>(() => undefined);

/** A file and line of the sources; a link where the surrounding page shows that line. `isWithin`: the file stands above. */
export function PlaceLink({ place, isWithin = false }: { place: BlockPlace; isWithin?: boolean }) {
  const href = useContext(PlaceAddress)(place);
  const full = `${place.file}:${place.line}`;
  const name = place.file.split("/").at(-1);
  const text = isWithin ? `:${place.line}` : `${name}:${place.line}`;
  return (
    <span className="plan-row__place" title={full}>
      {href === undefined ? (
        text
      ) : (
        <Link href={href} aria-label={`${name}:${place.line}`}>
          {text}
        </Link>
      )}
    </span>
  );
}

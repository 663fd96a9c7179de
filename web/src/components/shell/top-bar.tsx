import { IconChevronLeft, IconSearch } from "@tabler/icons-react";
import type { Me } from "../../api/use-me.ts";
import { Link } from "../../ui/text/link.tsx";
import { Logo } from "../../ui/marks/logo.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { PersonMenu } from "./person-menu.tsx";
import { placesOf, type Place } from "./places.ts";
import "./top-bar.css";

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The top bar: where one is, the palette's field, the person. */
export function TopBar({
  pathname,
  organization,
  repository,
  me,
  onSearch,
  onKeys,
}: {
  pathname: string;
  organization: string | undefined;
  /** Null where there is none. */
  repository: string | null | undefined;
  me: Me | undefined;
  onSearch: () => void;
  onKeys: () => void;
}) {
  const places = placesOf(pathname);
  const last = places.at(-1);
  const above = places.find((place): place is Required<Pick<Place, "label" | "href">> => place.href !== undefined);
  return (
    <header className="top-bar">
      {above === undefined ? (
        <Link href={pathTo.overview()} className="top-bar__logo" aria-label="Overview">
          <Logo />
        </Link>
      ) : (
        <Link href={above.href} className="top-bar__logo" aria-label={`Back to ${above.label}`}>
          <IconChevronLeft size={20} stroke={1.75} aria-hidden="true" />
        </Link>
      )}
      <nav aria-label="Place" className="top-bar__place">
        <ol>
          {[organization, ...(repository === null ? [] : [repository])].map((name, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>{name ?? "…"}</li>
          ))}
          {places.map(({ label, href, alone }) => (
            <li key={label} aria-current={label === last?.label ? "page" : undefined}>
              {href !== undefined ? (
                <Link href={href}>{label}</Link>
              ) : alone === undefined || alone === label ? (
                label
              ) : (
                <>
                  <span className="top-bar__short">{label}</span>
                  <span className="top-bar__alone">{alone}</span>
                </>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <button type="button" className="top-bar__search" onClick={onSearch}>
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <span>Search or run a command</span>
        <kbd aria-hidden="true">{isMac ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <PersonMenu me={me} onKeys={onKeys} />
    </header>
  );
}

import { IconSearch } from "@tabler/icons-react";
import type { Me } from "../../api/use-me.ts";
import { Link } from "../../ui/link.tsx";
import { Logo } from "../../ui/logo.tsx";
import { pathTo } from "../../util/path-builder.ts";
import { PersonMenu } from "./person-menu.tsx";
import { placesOf } from "./places.ts";
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
  return (
    <header className="top-bar">
      <Link href={pathTo.overview()} className="top-bar__logo" aria-label="Overview">
        <Logo />
      </Link>
      <nav aria-label="Place" className="top-bar__place">
        <ol>
          {[organization, ...(repository === null ? [] : [repository])].map((name, index) => (
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>{name ?? "…"}</li>
          ))}
          {places.map(({ label, href }) => (
            <li key={label} aria-current={label === last?.label ? "page" : undefined}>
              {href === undefined ? label : <Link href={href}>{label}</Link>}
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

import type { AnswerOf } from "../../api/endpoints.ts";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { Link } from "../../ui/text/link.tsx";
import { Logo } from "../../ui/marks/logo.tsx";
import { classes } from "../../util/format.ts";
import { pathTo } from "../../util/path-builder.ts";
import { isCurrent, navigation } from "./navigation.ts";
import { ClientSwitch } from "./client-switch.tsx";
import { RepositorySwitch } from "./repository-switch.tsx";
import { SweepNote } from "./sweep-note.tsx";
import "./side-bar.css";

/** The side bar: where one can go, and how many open things wait there. */
export function SideBar({
  overview,
  repository,
  client,
  pathname,
}: {
  overview: AnswerOf<"getOverview"> | undefined;
  /** Null where there is none. */
  repository: string | null | undefined;
  /** Whose rows all lists show; undefined for all. */
  client: string | undefined;
  pathname: string;
}) {
  return (
    <aside className="side-bar" aria-label="Side bar">
      <Link href={pathTo.overview()} className="side-bar__brand">
        <Logo />
        Plumbline
      </Link>
      <RepositorySwitch repository={repository} />
      <ClientSwitch client={client} />
      <nav aria-label="Pages" className="side-bar__nav">
        {navigation.map(({ title, entries }) => (
          <div key={title} className="side-bar__group">
            {title !== "" && <div className="side-bar__title">{title}</div>}
            {entries.map((entry) => {
              const current = isCurrent(entry, pathname);
              const Icon = entry.icon;
              const count = entry.count === undefined ? 0 : (overview?.counts[entry.count] ?? 0);
              return (
                <Link
                  key={entry.href}
                  href={entry.href}
                  aria-current={current ? "page" : undefined}
                  className={classes("side-bar__entry", current && "side-bar__entry--current")}
                >
                  {Icon === undefined ? <Glyph name="drifted" /> : <Icon size={16} stroke={1.75} aria-hidden="true" />}
                  {entry.label}
                  {count > 0 && (
                    <span className={classes("side-bar__count", entry.alarming && "side-bar__count--alarming")}>
                      {count}
                    </span>
                  )}
                </Link>
              );
            })}
          </div>
        ))}
      </nav>
      {overview !== undefined && <SweepNote overview={overview} />}
    </aside>
  );
}

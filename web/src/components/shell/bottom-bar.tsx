import { IconMenu2 } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import type { AnswerOf } from "../../api/endpoints.ts";
import { useClients } from "../../api/use-clients.ts";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { LateMenu } from "../../ui/menus/late-menu.tsx";
import { Link } from "../../ui/text/link.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { classes } from "../../util/format.ts";
import { isCurrent, navigation } from "./navigation.ts";
import "./bottom-bar.css";

const shown = ["Overview", "Pull requests", "Drift", "Audit"];
const entries = navigation.flatMap((group) => group.entries);

/** The phone's navigation: four places and the rest behind More. */
export function BottomBar({
  overview,
  client,
  pathname,
}: {
  overview: AnswerOf<"getOverview"> | undefined;
  /** Whose rows all lists show; undefined for all. */
  client: string | undefined;
  pathname: string;
}) {
  const router = useRouter();
  const [, setSearch] = useAddress();
  const clients = useClients();
  return (
    <nav className="bottom-bar" aria-label="Pages, phone">
      {entries
        .filter(({ label }) => shown.includes(label))
        .map((entry) => {
          const Icon = entry.icon;
          const count = entry.count === undefined ? 0 : (overview?.counts[entry.count] ?? 0);
          const current = isCurrent(entry, pathname);
          return (
            <Link
              key={entry.href}
              href={entry.href}
              aria-current={current ? "page" : undefined}
              className={classes("bottom-bar__entry", current && "bottom-bar__entry--current")}
            >
              {Icon === undefined ? (
                <Glyph name="drifted" size={18} />
              ) : (
                <Icon size={18} stroke={1.75} aria-hidden="true" />
              )}
              {entry.label}
              {count > 0 && <span className="bottom-bar__count">{count}</span>}
            </Link>
          );
        })}
      <LateMenu
        width={200}
        position="top-end"
        target={
          <button type="button" className="bottom-bar__entry">
            <IconMenu2 size={18} stroke={1.75} aria-hidden="true" />
            More
          </button>
        }
        entries={[
          ...entries
            .filter(({ label }) => !shown.includes(label))
            .map(({ label, href }) => choice(label, () => void router.navigate({ href }))),
          ...(clients.length > 0 ? [{ kind: "label" as const, text: `Client: ${client ?? "all of them"}` }] : []),
          ...(client === undefined ? [] : [choice("All clients", () => setSearch({ client: "" }))]),
          ...clients.filter((name) => name !== client).map((name) => choice(name, () => setSearch({ client: name }))),
        ]}
      />
    </nav>
  );
}

function choice(text: string, onChoose: () => void) {
  return { kind: "item" as const, text, onChoose };
}

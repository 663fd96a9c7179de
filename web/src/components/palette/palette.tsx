import { Spotlight, createSpotlight } from "@mantine/spotlight";
import "../../styles/mantine-dialog.css";
import "@mantine/spotlight/styles.css";
import { IconArrowRight, IconBan, IconBolt, IconSearch } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { problemOf } from "../../api/api-error.ts";
import { useAct } from "../../api/use-act.ts";
import type { Me } from "../../api/use-me.ts";
import { Glyph } from "../../ui/marks/glyph.tsx";
import { toast } from "../../ui/toast.ts";
import { pathTo } from "../../util/path-builder.ts";
import { findItems, paletteItems, type PaletteItem } from "./palette-items.ts";
import { useFound } from "./use-found.ts";
import "./palette.css";

const [store, spotlight] = createSpotlight();

/** The command palette: places, objects, actions. A forbidden action says why. */
export function Palette({ me, onClose }: { me: Me | undefined; onClose: () => void }) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const objects = useFound(query);
  const check = useAct("checkDrift", (run) =>
    toast(`Run ${run.number} checks ${run.workspace} for drift`, {
      link: { href: pathTo.run(run.number), label: "Open" },
    }),
  );
  useEffect(() => spotlight.open(), []);
  const act = ({ act }: PaletteItem) => {
    if (act.kind === "go") void router.navigate({ href: act.href });
    if (act.kind === "check-drift")
      check.mutate(
        { params: { workspace: act.workspace } },
        { onError: (error) => toast(problemOf(error).title, { text: error.message, failed: true }) },
      );
  };
  const found = findItems(paletteItems(objects, me), query);
  const offered = found.map(({ id }) => id).join(" ");
  useEffect(() => {
    if (query !== "") selectFirst();
  }, [query, offered]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { "aria-label": "Command palette" } }}
      onSpotlightClose={onClose}
      radius="xl"
      size={480}
      transitionProps={{ duration: 0 }}
    >
      <Spotlight.Search
        placeholder="Search or run a command"
        aria-label="Search or run a command"
        leftSection={<IconSearch size={16} stroke={1.75} />}
      />
      <Spotlight.ActionsList className="palette__list">
        {found.map((item) => (
          <Spotlight.Action
            key={item.id}
            onClick={() => act(item)}
            closeSpotlightOnTrigger={item.act.kind !== "none"}
            aria-disabled={item.act.kind === "none" ? true : undefined}
            className="palette__item"
          >
            {item.glyph !== undefined ? (
              <Glyph name={item.glyph} />
            ) : item.act.kind === "none" ? (
              <IconBan size={16} stroke={1.75} />
            ) : item.act.kind === "go" ? (
              <IconArrowRight size={16} stroke={1.75} />
            ) : (
              <IconBolt size={16} stroke={1.75} />
            )}
            <span className="palette__text">
              <span className="palette__label">{item.label}</span>
              <span className="note">{item.why ?? item.note}</span>
            </span>
            <kbd className="kbd palette__enter" aria-hidden="true">
              ↵
            </kbd>
          </Spotlight.Action>
        ))}
        {found.length === 0 && <Spotlight.Empty>Nothing is called “{query}”.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** What the server found comes after the letters that asked for it: Enter takes the first of what is there then. */
function selectFirst() {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector("[data-selected]")?.removeAttribute("data-selected");
  list?.querySelector("[data-action]")?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: 0 }));
}

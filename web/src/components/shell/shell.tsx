import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { overviewQuery } from "../../api/queries/overview.ts";
import { useLive } from "../../api/use-live.ts";
import { useMe } from "../../api/use-me.ts";
import { useRepository } from "../../api/use-repository.ts";
import { useSettled } from "../../api/use-settled.ts";
import { Shapes } from "../../ui/loading/shapes.tsx";
import { toastEvent } from "../../ui/toast-event.ts";
import { useAddress } from "../../ui/use-address.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { foldFocused, moveFocus } from "../../util/keys.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { LiveStrip } from "./live-strip.tsx";
import { navigation } from "./navigation.ts";
import { placesOf } from "./places.ts";
import { SideBar } from "./side-bar.tsx";
import { TopBar } from "./top-bar.tsx";
import { usePlaceRepository } from "./use-place-repository.ts";
import "./shell.css";

const Palette = lazy(async () => ({ default: (await import("../palette/palette.tsx")).Palette }));
const KeyMap = lazy(async () => ({ default: (await import("./key-map.tsx")).KeyMap }));
const Toasts = lazy(async () => ({ default: (await import("./toasts.tsx")).Toasts }));

/** What stands around every page. */
export function Shell() {
  const router = useRouter();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [{ client: asked }] = useAddress();
  const client = asked === "" ? undefined : asked;
  const me = useMe();
  const [repository] = useRepository();
  // A page that shows the overview, or asks it for the repository, has asked for it; around others it can wait.
  const { data: overview, error } = useQuery({ ...overviewQuery(repository), enabled: useSettled() });
  const shown = overview?.repository ?? (error instanceof ApiError && error.status === 404 ? null : repository);
  const place = usePlaceRepository(pathname, shown);
  const live = useLive();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const [toasting, setToasting] = useState(false);

  useKeys({
    "?": () => setOpen("keys"),
    j: () => moveFocus("main [data-row]", 1),
    k: () => moveFocus("main [data-row]", -1),
    x: foldFocused,
    n: () => moveFocus("main [data-finding]", 1),
    N: () => moveFocus("main [data-finding]", -1),
    "/": () => document.querySelector<HTMLElement>("main [data-filter]")?.focus(),
    ...Object.fromEntries(
      navigation
        .flatMap(({ entries }) => entries)
        .filter(({ key }) => key !== undefined)
        .map(({ key, href }) => [`g ${key}`, () => void router.navigate({ href })]),
    ),
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen("palette");
    };
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
  useEffect(() => {
    const show = () => setToasting(true);
    window.addEventListener(toastEvent, show);
    return () => window.removeEventListener(toastEvent, show);
  }, []);
  useEffect(() => {
    document.title = `${placesOf(pathname).at(-1)?.label} · Plumbline`;
  }, [pathname]);

  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to the page
      </a>
      <SideBar overview={overview} repository={shown} client={client} pathname={pathname} />
      <div className="shell__right">
        <TopBar
          pathname={pathname}
          organization={me?.organization}
          repository={place}
          me={me}
          onSearch={() => setOpen("palette")}
          onKeys={() => setOpen("keys")}
        />
        <LiveStrip live={live} />
        <main id="main" className="shell__main" tabIndex={-1}>
          {/* Another client is another page: nothing of the one before stays. */}
          <Suspense key={client ?? ""} fallback={<Shapes label="The page" />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <BottomBar overview={overview} client={client} pathname={pathname} />
      <Suspense fallback={null}>
        {toasting && <Toasts />}
        {open === "palette" && <Palette me={me} onClose={() => setOpen(null)} />}
        {open === "keys" && <KeyMap onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

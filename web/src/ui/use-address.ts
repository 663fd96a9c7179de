import { useRouter, useRouterState } from "@tanstack/react-router";

/** What stands behind the `?` of the address. */
export type Search = Readonly<Record<string, string | undefined>>;

/**
 * Selection, filters and tabs live in the address. The setter merges: undefined removes. `replace` does not make a new
 * step of the browser's history.
 */
export function useAddress(): [Search, (patch: Search, options?: { replace?: boolean }) => void] {
  const router = useRouter();
  const location = useRouterState({ select: (state) => state.location });
  const search: Search = location.search;
  const set = (patch: Search, options?: { replace?: boolean }) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...search, ...patch })) if (value !== undefined) next.set(name, value);
    const text = next.toString();
    const { pathname } = router.state.location;
    void router.navigate({
      href: text === "" ? pathname : `${pathname}?${text}`,
      replace: options?.replace ?? false,
      resetScroll: false,
    });
  };
  return [search, set];
}

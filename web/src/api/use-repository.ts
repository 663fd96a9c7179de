import { readLocalStorageValue, useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useAddress } from "../ui/use-address.ts";
import { overviewQuery } from "./queries/overview.ts";

const kept = { key: "plumbline-repository", defaultValue: null };

/** The repository that pages show at an address, before there is any page. */
export function repositoryAt(search: Readonly<Record<string, unknown>>): string | undefined {
  const { repository } = search;
  return typeof repository === "string" ? repository : (readLocalStorageValue<string | null>(kept) ?? undefined);
}

/**
 * The repository the pages show; undefined: the organization's first. It is kept in the browser; one that the address
 * names is shown instead, and kept from then on. Choosing one writes it into the address, so that it can be handed on.
 */
export function useRepository(): [string | undefined, (name: string | undefined) => void] {
  // Read at once: in an effect, pages would first ask for the organization's first one.
  const [chosen, keep] = useLocalStorage<string | null>({ ...kept, getInitialValueInEffect: false });
  const [{ repository: named }, setAddress] = useAddress();
  useEffect(() => {
    if (named !== undefined && named !== chosen) keep(named);
  }, [named, chosen, keep]);
  const choose = (name: string | undefined) => {
    setAddress({ repository: name }, { replace: true });
    keep(name ?? null);
  };
  return [named ?? chosen ?? undefined, choose];
}

/** The name of the repository that is shown, also where nobody chose one; `known` once it is known whether there is any. */
export function useShownRepository(): { repository: string | undefined; known: boolean } {
  const [chosen] = useRepository();
  const overview = useQuery(overviewQuery(chosen));
  return {
    repository: overview.data?.repository,
    known: (overview.data !== undefined && !overview.isPlaceholderData) || overview.error !== null,
  };
}

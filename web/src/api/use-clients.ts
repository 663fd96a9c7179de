import { clientOf } from "@plumbline/contract/access";
import { useQuery } from "@tanstack/react-query";
import { repositoriesQuery } from "./queries.ts";

/** Names of the clients whose environments the person may see, sorted; empty until known. */
export function useClients(): string[] {
  const repositories = useQuery(repositoriesQuery()).data?.items ?? [];
  const names = repositories.flatMap(({ environments }) => environments.flatMap(({ name }) => clientOf(name) ?? []));
  return [...new Set(names)].toSorted();
}

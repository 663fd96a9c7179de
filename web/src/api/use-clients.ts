import { clientOf } from "@plumbline/contract/access";
import { useLateRepositories } from "./use-late-repositories.ts";

/** Names of the clients among whose environments the person can choose, sorted; none where all he sees is of one. */
export function useClients(): string[] {
  const repositories = useLateRepositories();
  const owners = new Set(repositories.flatMap(({ environments }) => environments.map(({ name }) => clientOf(name))));
  return owners.size < 2 ? [] : [...owners].filter((name) => name !== undefined).toSorted();
}

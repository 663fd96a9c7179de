import { useIsFetching, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AnswerOf } from "./endpoints.ts";
import { repositoriesQuery } from "./queries.ts";

/**
 * All repositories with what they declare, for the menus around a page: none until what the page itself asked for is there,
 * since this answer is large and one rarely chooses another repository.
 */
export function useLateRepositories(): AnswerOf<"listRepositories">["items"] {
  const fetching = useIsFetching();
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (fetching > 0 || wanted) return undefined;
    // A page asks for the next things as soon as the first are there.
    const timer = setTimeout(() => setWanted(true), 100);
    return () => clearTimeout(timer);
  }, [fetching, wanted]);
  return useQuery({ ...repositoriesQuery(), enabled: wanted }).data?.items ?? [];
}

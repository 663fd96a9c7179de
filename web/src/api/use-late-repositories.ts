import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "./endpoints.ts";
import { repositoriesQuery } from "./queries/repositories.ts";
import { useSettled } from "./use-settled.ts";

/**
 * All repositories with what they declare, for the menus around a page: none until what the page itself asked for is there,
 * since this answer is large and one rarely chooses another repository.
 */
export function useLateRepositories(): AnswerOf<"listRepositories">["items"] {
  return useQuery({ ...repositoriesQuery(), enabled: useSettled() }).data?.items ?? [];
}

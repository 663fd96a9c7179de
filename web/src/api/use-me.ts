import type { Action, Role } from "@plumbline/contract/access";
import { givesRight } from "@plumbline/contract/access";
import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "./endpoints.ts";
import { meQuery } from "./queries/people.ts";

export type Me = AnswerOf<"whoAmI">;

/** Whether the person's roles give a right, in `environment` or in any. The server decides; this only explains buttons. */
export function mayDo(me: Me | undefined, action: Action, environment?: string): boolean {
  return (me?.roles ?? []).some((binding: { role: Role; environments: string }) =>
    givesRight(binding, action, environment),
  );
}

/** The person who is signed in; undefined until known. */
export function useMe(): Me | undefined {
  return useQuery(meQuery()).data;
}

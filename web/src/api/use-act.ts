import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "./call.ts";
import type { AnswerOf, EndpointId, InputOf } from "./endpoints.ts";

/**
 * An act of the person: calls the endpoint, then loads again what is on the page (the live event may come later, or
 * not at all while the connection is lost). `onDone` gets the answer.
 */
export function useAct<Id extends EndpointId>(id: Id, onDone?: (answer: AnswerOf<Id>) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: InputOf<Id>) => call(id, input),
    onSuccess: (answer) => {
      void client.invalidateQueries();
      onDone?.(answer);
    },
  });
}

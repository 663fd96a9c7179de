import { hashKey, QueryCache, QueryClient } from "@tanstack/react-query";
import { chosenClient } from "./chosen-client.ts";
import { ApiError } from "./api-error.ts";
import type { Topics } from "./topics.ts";

declare module "@tanstack/react-query" {
  interface Register {
    queryMeta: { topics?: Topics };
  }
}

/** The cache of what the server said. `onSignedOut` is called when a call is answered with `not_signed_in`. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.problem.code === "not_signed_in") onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        // What was said of one client is not what is said of another one, or of all.
        queryKeyHashFn: (key) => hashKey([chosenClient() ?? null, key]),
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.status >= 500,
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
    },
  });
}

import { useIsFetching } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/** Whether what the page itself asked for is there: what stands around it is asked for only then. Stays so afterwards. */
export function useSettled(): boolean {
  const fetching = useIsFetching();
  const loading = useRouterState({ select: ({ isLoading }) => isLoading });
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (fetching > 0 || loading || settled) return undefined;
    // A page asks for the next things as soon as the first are there.
    const timer = setTimeout(() => setSettled(true), 100);
    return () => clearTimeout(timer);
  }, [fetching, loading, settled]);
  return settled;
}

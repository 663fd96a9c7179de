import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { connectLive, type LiveState } from "./live.ts";

/** Opens the live connection while the component is on the page and tells how it stands. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>({ kind: "connecting" });
  useEffect(() => {
    const live = connectLive(client);
    const stop = live.subscribe(() => setState(live.state()));
    return () => {
      stop();
      live.close();
    };
  }, [client]);
  return state;
}

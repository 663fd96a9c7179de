import { useLocalStorage } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { keyListener, type KeyBindings } from "../util/keys.ts";

/** Whether single keys act; kept in the browser. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useLocalStorage({ key: "plumbline-single-keys", defaultValue: true });
  return [on, setOn];
}

/** Binds keys while the component is on the page. */
export function useKeys(bindings: KeyBindings): void {
  const [on] = useSingleKeys();
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const listener = keyListener(
      () => latest.current,
      () => !on,
    );
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [on]);
}

import { useEffect, useState } from "react";
import { count } from "../../util/format.ts";

/** From when on somebody wants to know what takes so long, in seconds. */
const soon = 2;

/** Says what a report waits for, and for how long it has: the first one after a start opens a state for each workspace. */
export function ReadingStates() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < soon) return null;
  return (
    <p className="dim small">
      Reading the newest state of each workspace, for {count(seconds, "second")} now. What was read is kept: the next
      report comes sooner.
    </p>
  );
}

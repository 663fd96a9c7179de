import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { controlProgressQuery } from "../../api/queries/controls.ts";
import { count } from "../../util/format.ts";

/** From when on somebody wants to know what takes so long, in seconds. */
const soon = 2;

/** Says what a report waits for, for how long it has, and how far it is: the first one after a start opens a state for each workspace. */
export function ReadingStates() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (seconds < soon) return null;
  return <Waiting seconds={seconds} />;
}

function Waiting({ seconds }: { seconds: number }) {
  const progress = useQuery(controlProgressQuery()).data?.progress;
  const done =
    progress === null || progress === undefined
      ? ""
      : `: ${progress.done} of ${count(progress.environments, "environment")}`;
  if (progress?.step === "judging")
    return (
      <p className="dim small">
        Judging, for {count(seconds, "second")} now{done}.
      </p>
    );
  return (
    <p className="dim small">
      Reading the newest state of each workspace, for {count(seconds, "second")} now{done}. What was read is kept: the
      next report comes sooner.
    </p>
  );
}

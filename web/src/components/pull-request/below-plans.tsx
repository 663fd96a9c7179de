import { useEffect, useRef, useState } from "react";
import { DiscussionTab } from "./discussion-tab.tsx";
import { TimelineTab } from "./timeline-tab.tsx";
import type { PullRequest } from "./types.ts";
import "./below-plans.css";

/** What is said and what happened, below the plans; asked for once somebody looks that far. */
export function BelowPlans({ pullRequest }: { pullRequest: PullRequest }) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || seen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={box} className="below-plans">
      {seen && (
        <>
          <DiscussionTab pullRequest={pullRequest} />
          <TimelineTab number={pullRequest.number} />
        </>
      )}
    </div>
  );
}

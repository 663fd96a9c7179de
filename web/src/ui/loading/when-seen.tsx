import { useEffect, useRef, useState, type ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./when-seen.css";

/** What is far down a page: made, and asked for, once somebody looks that far. Until then its place is kept free. */
export function WhenSeen({ children, className }: { children: () => ReactNode; className?: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || seen) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={box} className={classes("when-seen", className)}>
      {seen && children()}
    </div>
  );
}

import { useEffect, useState } from "react";
import "./states.css";

/** Shapes of what is coming, shown after 200 ms so that fast answers do not flicker. */
export function Shapes({ lines = 3, label }: { lines?: number; label: string }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="shapes" role="status" aria-label={`${label} is loading`}>
      {visible &&
        Array.from({ length: lines }, (_, line) => (
          <span key={line} className="shapes__bar" style={{ width: `${[34, 78, 64, 52][line % 4]}%` }} />
        ))}
    </div>
  );
}

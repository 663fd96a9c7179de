import type { ReactNode } from "react";
import { classes } from "../../util/format.ts";
import { Link } from "../text/link.tsx";
import "./button.css";

/** A link that looks like a button: for what leads somewhere. */
export function ButtonLink({
  href,
  variant = "default",
  children,
  label,
}: {
  href: string;
  variant?: "primary" | "default" | "quiet";
  children: ReactNode;
  label?: string;
}) {
  return (
    <Link href={href} className={classes("button", `button--${variant}`)} aria-label={label}>
      {children}
    </Link>
  );
}

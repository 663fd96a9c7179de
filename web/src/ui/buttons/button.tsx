import { useId, type ComponentType, type MouseEvent, type ReactNode } from "react";
import { classes } from "../../util/format.ts";
import "./button.css";

export interface ButtonProps {
  children: ReactNode;
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  variant?: "primary" | "default" | "danger" | "danger-fill" | "quiet";
  icon?: ComponentType<{ size?: number; stroke?: number }>;
  type?: "button" | "submit";
  /** Why it cannot be pressed now. The button stays focusable and says so; null or absent: it can be pressed. */
  reason?: string | null | undefined;
  /** Show the reason below the button instead of on hover and focus. */
  reasonBelow?: boolean;
  busy?: boolean;
  wide?: boolean;
  label?: string;
  autoFocus?: boolean;
}

/** A button that never disappears: where it may not be pressed it says why. */
export function Button({ variant = "default", type = "button", ...props }: ButtonProps) {
  const id = useId();
  const blocked = props.reason !== undefined && props.reason !== null;
  const Icon = props.icon;
  return (
    <span className={classes("button-box", props.wide && "button-box--wide")}>
      <button
        type={type}
        className={classes("button", `button--${variant}`)}
        aria-disabled={blocked || props.busy ? true : undefined}
        aria-describedby={blocked ? id : undefined}
        aria-label={props.label}
        // Dialogs put the focus on the safe choice.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={props.autoFocus}
        data-autofocus={props.autoFocus ? "" : undefined}
        onClick={(event) => {
          if (blocked || props.busy) event.preventDefault();
          else props.onClick?.(event);
        }}
      >
        {Icon !== undefined && <Icon size={16} stroke={1.75} />}
        {props.children}
      </button>
      {blocked && (
        <span id={id} className={props.reasonBelow ? "button-reason" : "button-hint"}>
          {props.reason}
        </span>
      )}
    </span>
  );
}

import type { ComponentType, ReactElement, ReactNode, Ref } from "react";

/** An entry of a menu: a heading, a line between groups, or something to choose. */
export type MenuEntry =
  | { kind: "label"; text: ReactNode }
  | { kind: "divider" }
  | {
      kind: "item";
      text: string;
      /** Leads out of the pages, into a tab of its own. */
      href?: string;
      onChoose?: () => void;
      /** The one that is chosen now; `marked` shows it by a tick, else only who listens is told. */
      current?: boolean;
      marked?: boolean;
      disabled?: boolean;
      icon?: ComponentType<{ size?: number; stroke?: number }>;
    };

export interface MenuProps {
  /** The button that opens it. */
  target: ReactElement<{
    ref?: Ref<HTMLButtonElement>;
    onClick?: () => void;
    onPointerEnter?: () => void;
    "aria-haspopup"?: "menu";
  }>;
  entries: readonly MenuEntry[];
  width: number;
  position: "bottom-start" | "bottom-end" | "top-end";
}

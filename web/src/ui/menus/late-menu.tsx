import { cloneElement, lazy, Suspense, useState } from "react";
import type { MenuProps } from "./menu.ts";

const load = () => import("./menu-box.tsx");
const MenuBox = lazy(async () => ({ default: (await load()).MenuBox }));

/** A menu whose code comes when it is first opened: every page has some, and few are opened. */
export function LateMenu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const button = cloneElement(props.target, {
    "aria-haspopup": "menu",
    onClick: () => setWanted(true),
    onPointerEnter: () => void load(),
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <MenuBox {...props} />
    </Suspense>
  );
}

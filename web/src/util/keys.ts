/** What a key or a sequence of two ("g o") does. */
export type KeyBindings = Readonly<Record<string, () => void>>;

const sequenceMs = 1_200;

/** Whether keys belong to what is being typed into, or to a dialog that is open. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest("input, textarea, select, [contenteditable], [role=listbox], [role=menu]")) return true;
  return document.querySelector("[role=dialog]") !== null;
}

/** A listener for `keydown` that knows single keys and sequences of two. `off` says whether single keys are switched off. */
export function keyListener(bindings: () => KeyBindings, off: () => boolean): (event: KeyboardEvent) => void {
  let first: { key: string; at: number } | undefined;
  return (event) => {
    if (off() || isTaken(event)) return;
    const map = bindings();
    const sequence = first !== undefined && event.timeStamp - first.at < sequenceMs ? `${first.key} ${event.key}` : "";
    const act = map[sequence] ?? map[event.key];
    const begins = Object.keys(map).some((key) => key.startsWith(`${event.key} `));
    first = act === undefined && begins ? { key: event.key, at: event.timeStamp } : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
}

/** Folds or opens what the focus is on: the focused element, or the one in its row, that says whether it is open. */
export function foldFocused(): void {
  const here = document.activeElement;
  const fold =
    here?.closest("[aria-expanded], summary") ?? here?.closest("tr, li")?.querySelector("[aria-expanded], summary");
  if (fold instanceof HTMLElement && fold.closest("main") !== null) fold.click();
}

/** Moves the focus among the elements that `selector` finds, from the focused one, and brings it into view. */
export function moveFocus(selector: string, step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const index = all.findIndex((element) => element === document.activeElement);
  const next = index === -1 ? (step === 1 ? all[0] : all.at(-1)) : all[index + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

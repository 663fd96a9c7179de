import { afterEach, expect, test, vi } from "vitest";
import { foldFocused, keyListener } from "./keys.ts";

const press = (key: string, target: EventTarget = document.body, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

let listener: ((event: KeyboardEvent) => void) | undefined;
function bind(bindings: Record<string, () => void>, off = false) {
  listener = keyListener(
    () => bindings,
    () => off,
  );
  window.addEventListener("keydown", listener);
}

afterEach(() => {
  if (listener !== undefined) window.removeEventListener("keydown", listener);
  document.body.replaceChildren();
});

test("single keys and sequences act", () => {
  const [go, next] = [vi.fn<() => void>(), vi.fn<() => void>()];
  bind({ "g o": go, n: next });
  press("g");
  press("o");
  press("n");
  expect(go).toHaveBeenCalledTimes(1);
  expect(next).toHaveBeenCalledTimes(1);
});

test("nothing acts while typing, with a modifier, under a dialog, or switched off", () => {
  const act = vi.fn<() => void>();
  bind({ m: act });
  const input = document.body.appendChild(document.createElement("input"));
  press("m", input);
  press("m", document.body, { ctrlKey: true });
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("role", "dialog");
  press("m");
  dialog.remove();
  expect(act).not.toHaveBeenCalled();
  press("m");
  expect(act).toHaveBeenCalledTimes(1);
});

test("switched off, keys do nothing", () => {
  const act = vi.fn<() => void>();
  bind({ m: act }, true);
  press("m");
  expect(act).not.toHaveBeenCalled();
});

test("x folds what the focus is on, also from another element of its row", () => {
  document.body.innerHTML = `<main><ul><li><a id="link" href="#">row</a><button id="fold" aria-expanded="true"></button></li></ul></main>`;
  const fold = document.getElementById("fold");
  const clicked = vi.fn<() => void>();
  fold?.addEventListener("click", clicked);
  fold?.focus();
  foldFocused();
  document.getElementById("link")?.focus();
  foldFocused();
  expect(clicked).toHaveBeenCalledTimes(2);
  document.body.innerHTML = "";
  foldFocused();
  expect(clicked).toHaveBeenCalledTimes(2);
});

import { notifications } from "@mantine/notifications";
import { createElement } from "react";
import { toastEvent } from "./toast-event.ts";
import { Glyph } from "./marks/glyph.tsx";
import { Link } from "./text/link.tsx";

/** Says what the person just did: bottom right, 6 s, with a link. Errors stay until closed. */
export function toast(
  title: string,
  options: { text?: string; link?: { href: string; label: string }; failed?: boolean } = {},
) {
  const { text, link, failed = false } = options;
  notifications.show({
    title,
    message: createElement(
      "span",
      { className: "toast" },
      text,
      link === undefined ? null : createElement(Link, { href: link.href }, link.label),
    ),
    autoClose: failed ? false : 6_000,
    icon: createElement(Glyph, { name: failed ? "failed" : "done" }),
    className: failed ? "toast-box tone-failed" : "toast-box tone-ok",
    withBorder: true,
    closeButtonProps: { "aria-label": "Close" },
  });
  window.dispatchEvent(new Event(toastEvent));
}

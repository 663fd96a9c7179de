import { Modal } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import "../../styles/mantine-dialog.css";
import "./dialog.css";

/** A dialog; Esc closes it, focus stays inside and returns to where it came from, if that is still there. */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
}) {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={wide ? 720 : 480}
      radius="xl"
      centered
      closeButtonProps={{ "aria-label": "Close" }}
      classNames={{ title: "dialog__title", content: "dialog", header: "dialog__head" }}
      transitionProps={{ duration: 120 }}
    >
      {children}
    </Modal>
  );
}

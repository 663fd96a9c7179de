import { Notifications } from "@mantine/notifications";
import "@mantine/core/styles/Notification.css";
import "@mantine/notifications/styles.css";
import "./toasts.css";

/** Where toasts appear: bottom right. */
export function Toasts() {
  return <Notifications position="bottom-right" />;
}

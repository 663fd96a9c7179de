import { queryOptions } from "@tanstack/react-query";
import { call } from "../call.ts";

export const channelsQuery = () =>
  queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => call("listChannels", {}, signal) });

export const notificationsQuery = () =>
  queryOptions({ queryKey: ["notifications"], queryFn: ({ signal }) => call("listNotifications", {}, signal) });

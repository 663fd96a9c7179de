import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { channelsQuery, notificationsQuery } from "../api/queries/notifications.ts";
import { overviewQuery } from "../api/queries/overview.ts";
import { useAct } from "../api/use-act.ts";
import { mayDo, useMe } from "../api/use-me.ts";
import { useRepository } from "../api/use-repository.ts";
import { CredentialsPanel } from "../components/settings/credentials-panel.tsx";
import { PolicyRepositoryPanel } from "../components/settings/policy-repository-panel.tsx";
import { RepositoriesPanel } from "../components/settings/repositories-panel.tsx";
import { VariablesPanel } from "../components/settings/variables-panel.tsx";
import { ChannelDialog } from "../forms/channel-dialog.tsx";
import { ConfirmDialog } from "../forms/confirm-dialog.tsx";
import { CredentialDialog } from "../forms/credential-dialog.tsx";
import { VariableDialog } from "../forms/variable-dialog.tsx";
import { ChannelsTable, type Channel } from "../tables/channels-table.tsx";
import { NotificationsTable } from "../tables/notifications-table.tsx";
import { Button } from "../ui/buttons/button.tsx";
import { Empty } from "../ui/loading/empty.tsx";
import { Loaded } from "../ui/loading/loaded.tsx";
import { PageHead } from "../ui/layout/page-head.tsx";
import { Panel } from "../ui/layout/panel.tsx";
import { toast } from "../ui/toast.ts";

type Asking = "channel" | "credential" | "variable" | { remove: Channel };

/** Repositories, sealed variables, credentials, notification channels and what was sent. */
export function SettingsPage() {
  const me = useMe();
  const [chosen] = useRepository();
  const repository = useQuery(overviewQuery(chosen)).data?.repository;
  const channels = useQuery(channelsQuery());
  const notifications = useQuery(notificationsQuery());
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const remove = useAct("deleteChannel", () => {
    toast("The channel is removed");
    close();
  });
  const only = (may: boolean, who: string) => (may ? null : `Only ${who} does this.`);
  const channelReason = only(mayDo(me, "notification.administer"), "an administrator");
  return (
    <>
      <PageHead
        title="Settings"
        sentence="What does not stand in Git: which repositories there are, secrets, and where notifications go. Rules, values and schedules are changed by pull requests."
      />
      <div className="stack">
        <RepositoriesPanel reason={only(mayDo(me, "repository.create"), "an administrator")} />
        {repository !== undefined && (
          <VariablesPanel
            repository={repository}
            reason={only(mayDo(me, "variable.set"), "who may propose to an environment")}
            onSet={() => setAsking("variable")}
          />
        )}
        <CredentialsPanel
          reason={only(mayDo(me, "credential.administer"), "an administrator")}
          onSet={() => setAsking("credential")}
        />
        <PolicyRepositoryPanel reason={only(mayDo(me, "organization.administer"), "an administrator")} />
        <Panel
          title="Notification channels"
          side={
            <Button reason={channelReason} onClick={() => setAsking("channel")}>
              Add a channel
            </Button>
          }
        >
          <Loaded query={channels} label="Channels">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No channels">People are told nothing outside these pages until there is one.</Empty>
              ) : (
                <ChannelsTable
                  items={items}
                  reason={channelReason}
                  onRemove={(channel) => setAsking({ remove: channel })}
                />
              )
            }
          </Loaded>
        </Panel>
        <Panel title="What was sent" note="newest first">
          <Loaded query={notifications} label="Notifications">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="Nothing was sent yet">
                  Approvals wanted, held and failed runs and drift appear here.
                </Empty>
              ) : (
                <NotificationsTable items={items} />
              )
            }
          </Loaded>
        </Panel>
      </div>
      {asking === "channel" && <ChannelDialog onClose={close} />}
      {asking === "credential" && <CredentialDialog onClose={close} />}
      {asking === "variable" && repository !== undefined && <VariableDialog repository={repository} onClose={close} />}
      {typeof asking === "object" && asking !== null && (
        <ConfirmDialog
          title={`Remove ${asking.remove.name}`}
          action="Remove the channel"
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ params: { id: asking.remove.id } })}
          onClose={close}
        >
          <p>Nothing is sent to {asking.remove.target} any more.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

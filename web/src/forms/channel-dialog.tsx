import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import type { NotificationEvent } from "@plumbline/contract/api/notifications";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { Dialog } from "../ui/layout/dialog.tsx";
import { toast } from "../ui/toast.ts";
import { FormProblem } from "./form-problem.tsx";

const events: { event: NotificationEvent; label: string }[] = [
  { event: "approval_wanted", label: "an approval is wanted" },
  { event: "held", label: "a run is held" },
  { event: "failed", label: "a run failed" },
  { event: "applied", label: "a change is applied" },
  { event: "unknown", label: "a run is unknown" },
  { event: "drift_opened", label: "a drift case opens" },
  { event: "drift_closed", label: "a drift case closes" },
  { event: "check_overdue", label: "a drift check is overdue" },
  { event: "waiver_expiring", label: "a waiver expires soon" },
  { event: "finding_after_apply", label: "what a plan could not tell turned out wrong" },
];
const kinds = [
  { value: "slack", label: "Slack-compatible incoming webhook" },
  { value: "webhook", label: "Webhook (JSON)" },
  { value: "email", label: "E-mail" },
] as const;
type Kind = (typeof kinds)[number]["value"];

/** Adds a notification channel. Its address is write-only: only the host is shown afterwards. */
export function ChannelDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("slack");
  const [target, setTarget] = useState("");
  const [chosen, setChosen] = useState<NotificationEvent[]>(events.map(({ event }) => event));
  const [environments, setEnvironments] = useState<string[]>(["*"]);
  const create = useAct("createChannel", (channel) => {
    toast(`Channel ${channel.name} added`);
    onClose();
  });
  return (
    <Dialog title="Add a notification channel" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ body: { name: name.trim(), kind, target: target.trim(), events: chosen, environments } });
        }}
      >
        <TextInput
          label="Name"
          description="Example: ops"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label="Kind"
          data={[...kinds]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(kinds.find((item) => item.value === value)?.value ?? "slack")}
        />
        <TextInput
          label={kind === "email" ? "Address" : "URL"}
          description={
            kind === "email"
              ? "An address, or people for everybody's own."
              : "Write-only: afterwards only its host is shown."
          }
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
          autoComplete="off"
        />
        <TagsInput
          label="Environments"
          description="Names or patterns, such as prod or globex/*. A client's channel gets only what the client may see. Enter adds one."
          value={environments}
          onChange={setEnvironments}
        />
        <Checkbox.Group
          label="Tells when"
          value={chosen}
          onChange={(values) => setChosen(events.flatMap(({ event }) => (values.includes(event) ? [event] : [])))}
        >
          <div className="stack" style={{ gap: 6, marginTop: 6 }}>
            {events.map(({ event, label }) => (
              <Checkbox key={event} value={event} label={label} />
            ))}
          </div>
        </Checkbox.Group>
        <FormProblem error={create.error} />
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            type="submit"
            variant="primary"
            busy={create.isPending}
            reason={
              name.trim() === ""
                ? "Name it."
                : target.trim() === ""
                  ? "Say where it sends."
                  : environments.length === 0
                    ? "Name an environment, or * for all."
                    : chosen.length === 0
                      ? "Choose what it tells."
                      : null
            }
          >
            Add the channel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

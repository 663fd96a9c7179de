import { useLocalStorage } from "@mantine/hooks";
import { IconSelector } from "@tabler/icons-react";
import { useEffect } from "react";
import { useClients } from "../../api/use-clients.ts";
import { useLateRepositories } from "../../api/use-late-repositories.ts";
import { LateMenu } from "../../ui/menus/late-menu.tsx";
import { useAddress } from "../../ui/use-address.ts";

/**
 * Which client's rows all lists show; nothing where no environment belongs to one. Whether it was there the last time is
 * kept in the browser: the entries below it do not move when it is known again.
 */
export function ClientSwitch({ client }: { client: string | undefined }) {
  const [, setSearch] = useAddress();
  const clients = useClients();
  const known = useLateRepositories().length > 0;
  const [kept, keep] = useLocalStorage({
    key: "plumbline-client-switch",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const there = known ? clients.length > 0 : kept;
  useEffect(() => {
    if (there !== kept) keep(there);
  }, [there, kept, keep]);
  if (!there && client === undefined) return null;
  // An empty one is what was chosen: without it the last one would be carried on.
  const choose = (name: string | undefined) => setSearch({ client: name ?? "" });
  return (
    <LateMenu
      width={184}
      position="bottom-start"
      target={
        <button type="button" className="side-bar__switch side-bar__switch--client">
          <span>
            <span className="note">Client</span>
            <span className="side-bar__repository">{client ?? "All of them"}</span>
          </span>
          <IconSelector size={14} stroke={1.75} aria-hidden="true" />
        </button>
      }
      entries={[
        { kind: "label", text: "All lists show" },
        { kind: "item", text: "All clients", current: client === undefined, onChoose: () => choose(undefined) },
        ...clients.map((name) => ({
          kind: "item" as const,
          text: name,
          current: name === client,
          onChoose: () => choose(name),
        })),
      ]}
    />
  );
}

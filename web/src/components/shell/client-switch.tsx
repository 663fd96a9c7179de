import { Menu } from "@mantine/core";
import { IconSelector } from "@tabler/icons-react";
import { useClients } from "../../api/use-clients.ts";
import { useAddress } from "../../ui/use-address.ts";

/** Which client's rows all lists show; nothing where no environment belongs to one. */
export function ClientSwitch({ client }: { client: string | undefined }) {
  const [, setSearch] = useAddress();
  const clients = useClients();
  if (clients.length === 0 && client === undefined) return null;
  // An empty one is what was chosen: without it the last one would be carried on.
  const choose = (name: string | undefined) => setSearch({ client: name ?? "" });
  return (
    <Menu width={184} position="bottom-start">
      <Menu.Target>
        <button type="button" className="side-bar__switch side-bar__switch--client">
          <span>
            <span className="note">Client</span>
            <span className="side-bar__repository">{client ?? "All of them"}</span>
          </span>
          <IconSelector size={16} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>All lists show</Menu.Label>
        <Menu.Item onClick={() => choose(undefined)} aria-current={client === undefined ? "true" : undefined}>
          All clients
        </Menu.Item>
        {clients.map((name) => (
          <Menu.Item key={name} onClick={() => choose(name)} aria-current={name === client ? "true" : undefined}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconBook, IconCheck, IconKeyboard, IconLogout } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import type { Me } from "../../api/use-me.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { pathTo } from "../../util/path-builder.ts";

const themes = [
  { id: "auto", label: "Theme: system" },
  { id: "light", label: "Theme: light" },
  { id: "dark", label: "Theme: dark" },
] as const;

/** Who is signed in, the theme, the keyboard map, the documentation, sign out. */
export function PersonMenu({ me, onKeys }: { me: Me | undefined; onKeys: () => void }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const router = useRouter();
  const client = useQueryClient();
  const signOut = async () => {
    await call("signOut", {});
    client.clear();
    await router.navigate({ href: pathTo.login() });
  };
  return (
    <Menu width={220} position="bottom-end">
      <Menu.Target>
        <button type="button" className="top-bar__person" aria-label={`Signed in as ${me?.displayName ?? "…"}`}>
          <Avatar name={me?.name ?? "…"} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me?.displayName} ({me?.name})
        </Menu.Label>
        {themes.map(({ id, label }) => (
          <Menu.Item
            key={id}
            onClick={() => setColorScheme(id)}
            rightSection={colorScheme === id ? <IconCheck size={16} stroke={1.75} aria-label="chosen" /> : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.75} />} onClick={onKeys}>
          Keyboard
        </Menu.Item>
        <Menu.Item component="a" href="/docs" target="_blank" leftSection={<IconBook size={16} stroke={1.75} />}>
          Documentation
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.75} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

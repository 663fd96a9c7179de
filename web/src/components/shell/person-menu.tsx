import { useMantineColorScheme } from "@mantine/core";
import { IconBook, IconKeyboard, IconLogout } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import type { Me } from "../../api/use-me.ts";
import { Avatar } from "../../ui/marks/avatar.tsx";
import { LateMenu } from "../../ui/menus/late-menu.tsx";
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
    <LateMenu
      width={220}
      position="bottom-end"
      target={
        <button type="button" className="top-bar__person" aria-label={`Signed in as ${me?.displayName ?? "…"}`}>
          <Avatar name={me?.name ?? "…"} />
        </button>
      }
      entries={[
        { kind: "label", text: `${me?.displayName} (${me?.name})` },
        ...themes.map(({ id, label }) => ({
          kind: "item" as const,
          text: label,
          current: colorScheme === id,
          marked: true,
          onChoose: () => setColorScheme(id),
        })),
        { kind: "divider" },
        { kind: "item", text: "Keyboard", icon: IconKeyboard, onChoose: onKeys },
        { kind: "item", text: "Documentation", icon: IconBook, href: "/docs" },
        { kind: "item", text: "Sign out", icon: IconLogout, onChoose: () => void signOut() },
      ]}
    />
  );
}

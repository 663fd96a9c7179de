import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { cloneElement, useEffect, useRef, useState } from "react";
import type { MenuEntry, MenuProps } from "./menu.ts";

/** A menu that opens at once; `LateMenu` shows its button until then. */
export function MenuBox({ target, entries, width, position }: MenuProps) {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed is gone; closing the menu gives the focus back to what has it now.
    button.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu width={width} position={position} opened={opened} onChange={setOpened}>
      <Menu.Target>{cloneElement(target, { ref: button })}</Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <Entry key={index} entry={entry} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.kind === "label") return <Menu.Label>{entry.text}</Menu.Label>;
  if (entry.kind === "divider") return <Menu.Divider />;
  const { text, href, onChoose, current, marked, disabled, icon: Icon } = entry;
  const sections = {
    ...(Icon === undefined ? {} : { leftSection: <Icon size={16} stroke={1.75} /> }),
    ...(marked === true && current === true
      ? { rightSection: <IconCheck size={16} stroke={1.75} aria-label="chosen" /> }
      : {}),
  };
  if (href !== undefined)
    return (
      <Menu.Item component="a" href={href} target="_blank" {...sections}>
        {text}
      </Menu.Item>
    );
  return (
    <Menu.Item
      {...sections}
      disabled={disabled === true}
      aria-current={current === true && marked !== true ? "true" : undefined}
      {...(onChoose === undefined ? {} : { onClick: onChoose })}
    >
      {text}
    </Menu.Item>
  );
}

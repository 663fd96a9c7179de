import { Checkbox } from "@mantine/core";
import { Dialog } from "../../ui/layout/dialog.tsx";
import { useSingleKeys } from "../../ui/use-keys.ts";
import "./key-map.css";

const groups = [
  {
    title: "Everywhere",
    keys: [
      ["⌘K / Ctrl K", "palette: places, objects, actions"],
      ["/", "filter"],
      ["?", "this map"],
      ["g o", "overview"],
      ["g p", "pull requests"],
      ["g r", "runs"],
      ["g d", "drift"],
      ["g w", "workspaces"],
      ["g a", "audit"],
      ["Esc", "close"],
    ],
  },
  {
    title: "Lists and plans",
    keys: [
      ["j k", "next, previous"],
      ["Enter", "open"],
      ["x", "fold"],
      ["[ ]", "previous, next workspace"],
      ["n N", "next, previous finding"],
    ],
  },
  {
    title: "Pull request and run",
    keys: [
      ["v", "approve dialog"],
      ["m", "merge dialog"],
      ["l", "to the log"],
      ["f", "follow the log"],
    ],
  },
] as const;

/** Every key that does something, and the switch for single keys. */
export function KeyMap({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useSingleKeys();
  return (
    <Dialog title="Keyboard" onClose={onClose} wide>
      <div className="key-map">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd className="kbd">{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        label="Single keys act"
        description="Switch off if a screen reader or speech control needs them. The palette's key stays."
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Dialog>
  );
}

import { ActionIcon, Select, TextInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.css";
import type { Role, RoleBinding } from "@plumbline/contract/access";
import { IconPlus, IconX } from "@tabler/icons-react";
import { Button } from "../ui/buttons/button.tsx";

const roles: readonly Role[] = ["reader", "proposer", "approver", "operator", "auditor", "administrator"];

/** A person's roles, each with the environments it holds for. */
export function RoleFields({
  value,
  onChange,
}: {
  value: readonly RoleBinding[];
  onChange: (value: RoleBinding[]) => void;
}) {
  const change = (index: number, patch: Partial<RoleBinding>) =>
    onChange(value.map((binding, at) => (at === index ? { ...binding, ...patch } : binding)));
  return (
    <fieldset className="role-fields">
      <legend>Roles</legend>
      <p className="note">
        Environments are names or patterns: prod, globex/*, * for all. Who has roles for environments of clients only
        sees what is theirs, and nothing of others.
      </p>
      {value.map((binding, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="wrap">
          <Select
            aria-label={`Role ${index + 1}`}
            data={[...roles]}
            value={binding.role}
            allowDeselect={false}
            onChange={(picked) => {
              const role = roles.find((name) => name === picked);
              if (role !== undefined) change(index, { role });
            }}
          />
          <TextInput
            aria-label={`Environments of role ${index + 1}`}
            value={binding.environments}
            onChange={(event) => change(index, { environments: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove role ${index + 1}`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={16} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      <Button icon={IconPlus} onClick={() => onChange([...value, { role: "reader", environments: "*" }])}>
        Add a role
      </Button>
    </fieldset>
  );
}

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../api/use-act.ts";
import { Button } from "../ui/buttons/button.tsx";
import { FormProblem } from "./form-problem.tsx";

const namePattern = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Names a new, empty repository and creates it. */
export function RepositoryForm({ onCreated }: { onCreated?: (name: string) => void }) {
  const [name, setName] = useState("");
  const create = useAct("createRepository", (repository) => onCreated?.(repository.name));
  const wrong = name !== "" && !namePattern.test(name);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ body: { name } });
      }}
    >
      <TextInput
        label="Name"
        description="It becomes part of its address."
        placeholder="shop-infrastructure"
        value={name}
        error={wrong ? "Small letters, digits, dots and dashes. Example: shop-infrastructure" : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <FormProblem error={create.error} />
      <div>
        <Button
          type="submit"
          variant="primary"
          busy={create.isPending}
          reason={name === "" || wrong ? "Name the repository." : null}
        >
          Create the repository
        </Button>
      </div>
    </form>
  );
}

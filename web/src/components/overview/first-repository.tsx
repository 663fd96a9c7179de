import { useQueryClient } from "@tanstack/react-query";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../api/use-act.ts";
import { mayDo, useMe } from "../../api/use-me.ts";
import { FormProblem } from "../../forms/form-problem.tsx";
import { Button } from "../../ui/button.tsx";
import { Empty } from "../../ui/empty.tsx";

const namePattern = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** What a fresh organization shows: what to do first, and the form for it. */
export function FirstRepository() {
  const me = useMe();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const create = useAct("createRepository", () => void client.invalidateQueries());
  const may = mayDo(me, "repository.create");
  const wrong = name !== "" && !namePattern.test(name);
  return (
    <div className="panel">
      <Empty
        title="No repository yet"
        action={
          may ? (
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
              />
              <FormProblem error={create.error} />
              <Button
                type="submit"
                variant="primary"
                busy={create.isPending}
                reason={name === "" || wrong ? "Name the repository." : null}
              >
                Create the repository
              </Button>
            </form>
          ) : undefined
        }
      >
        {may
          ? "Everything begins with one: its main branch says what is to run. Create it, then push its rules to main once."
          : "Everything begins with one. An administrator creates it; then it appears here."}
      </Empty>
    </div>
  );
}

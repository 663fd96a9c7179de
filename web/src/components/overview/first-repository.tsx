import { mayDo, useMe } from "../../api/use-me.ts";
import { RepositoryForm } from "../../forms/repository-form.tsx";
import { Empty } from "../../ui/loading/empty.tsx";

/** What a fresh organization shows: what to do first, and the form for it. */
export function FirstRepository() {
  const may = mayDo(useMe(), "repository.create");
  return (
    <div className="panel">
      <Empty title="No repository yet" action={may ? <RepositoryForm /> : undefined}>
        {may
          ? "Everything begins with one: its main branch says what is to run. Create it, then push its rules to main once."
          : "Everything begins with one. An administrator creates it; then it appears here."}
      </Empty>
    </div>
  );
}

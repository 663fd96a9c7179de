import { areKeptToClients } from "@plumbline/contract/access";
import { useMe } from "../../api/use-me.ts";
import { pathTo } from "../../util/path-builder.ts";
import { Link } from "./link.tsx";

/** Where something is written, `prod/database.tfvars:3`, as the link to that line as it stands in Git. */
export function FilePlace({
  repository,
  file,
  line,
  commit,
  className,
  children,
}: {
  repository: string;
  file: string;
  line: number | null;
  /** Main, where it is left out. */
  commit?: string | undefined;
  className?: string;
  /** A shorter name of the place. */
  children?: string;
}) {
  const me = useMe();
  const full = `${file}${line === null ? "" : `:${line}`}`;
  const text = <code>{children ?? full}</code>;
  // Who is kept to clients may read what belongs to an environment of his, and no file for all.
  if (me !== undefined && areKeptToClients(me.roles) && !file.startsWith("environments/"))
    return (
      <span className={className} title={full}>
        {text}
      </span>
    );
  return (
    <Link
      href={pathTo.file(repository, file, { line: line ?? undefined, commit })}
      className={className ?? ""}
      title={full}
    >
      {text}
    </Link>
  );
}

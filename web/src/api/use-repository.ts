import { useLocalStorage } from "@mantine/hooks";

/** The repository the pages show; undefined: the organization's first. Kept in the browser. */
export function useRepository(): [string | undefined, (name: string | undefined) => void] {
  const [name, setName] = useLocalStorage<string | null>({ key: "plumbline-repository", defaultValue: null });
  return [name ?? undefined, (next) => setName(next ?? null)];
}

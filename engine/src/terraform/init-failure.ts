import type { UiEvent } from "./ui-events.ts";

/** Why an `init` failed, for the run's error. */
export interface InitFailure {
  detail: string;
  file?: string;
  line?: number;
}

/**
 * Says why `init` failed from its events. Providers that the lock file does not name are found by the engine looking
 * for their versions: a locked one is reused without looking.
 */
export function initFailure(events: readonly UiEvent[], lockFile: string): InitFailure | undefined {
  const errors = events.flatMap((event) =>
    event.type === "diagnostic" && event.diagnostic.severity === "error" ? [event.diagnostic] : [],
  );
  const sought = [...new Set(events.flatMap(soughtProvider))];
  const providerErrors = ["Provider dependency changes detected", "Failed to query available provider packages"];
  const provider = errors.find((error) => providerErrors.includes(error.summary));
  if (provider && sought.length > 0) {
    const names = sought.join(", ");
    return {
      detail:
        `${sought.length === 1 ? `provider ${names} is` : `providers ${names} are`} not in the lock file ${lockFile}. ` +
        `Run "providers lock" in the component's folder and commit the file. The engine says: ${oneLine(provider.detail)}`,
      file: lockFile,
    };
  }
  // the general message comes after the particular ones
  const error = errors.find((each) => each.range) ?? errors[0];
  if (!error) return undefined;
  const detail = oneLine(error.detail ? `${error.summary}: ${error.detail}` : error.summary);
  return { detail, ...(error.range ? { file: error.range.file, line: error.range.line } : {}) };
}

function soughtProvider(event: UiEvent): string[] {
  const message = event.raw["@message"];
  const match = /^(?:- )?(?:Finding )?([\w.-]+(?:\/[\w.-]+){1,2})(?::| )+(?:Finding|latest|versions)/;
  const found = typeof message === "string" ? match.exec(message)?.[1] : undefined;
  return found ? [found] : [];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

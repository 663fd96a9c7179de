import { ActionIcon, TextInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.css";
import { IconChevronDown, IconChevronUp, IconDownload, IconSearch, IconTextWrap } from "@tabler/icons-react";
import { useState } from "react";
import { prunedSentence } from "@plumbline/contract/pruned-sentence";
import { problemOf } from "../../api/api-error.ts";
import { useRunLog } from "../../api/use-run-log.ts";
import { Badge } from "../../ui/marks/badge.tsx";
import { Empty } from "../../ui/loading/empty.tsx";
import { Failure } from "../../ui/loading/failure.tsx";
import { Panel } from "../../ui/layout/panel.tsx";
import { useAddress } from "../../ui/use-address.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { LogLines } from "./log-lines.tsx";
import "./log.css";

/** A run's log: live, searched, folded; a line's number is its address. `lost`: its runner was not heard of any more. */
export function LogPanel({ number, lost = false }: { number: number; lost?: boolean }) {
  const log = useRunLog(number);
  const [address, setAddress] = useAddress();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const [wrap, setWrap] = useState(false);
  const selected = address["line"] === undefined ? undefined : Number(address["line"]);
  const [follow, setFollow] = useState(selected === undefined);
  const hits = search === "" ? [] : log.lines.filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()));
  const hit = hits[at % Math.max(1, hits.length)];
  const step = (by: number) => {
    setFollow(false);
    setAt((at + by + hits.length) % Math.max(1, hits.length));
  };
  useKeys({
    f: () => setFollow((before) => !before),
    l: () => document.querySelector<HTMLElement>("[data-log]")?.focus(),
  });
  const download = () => {
    const text = log.lines.map((line) => `${line.at} ${line.phase} ${line.text}`).join("\n");
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), { href: url, download: `run-${number}.log` });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Panel
      title="Log"
      {...(log.live
        ? {
            note: (
              <Badge tone="chalk" glyph="running">
                live
              </Badge>
            ),
          }
        : {})}
      side={
        <>
          <TextInput
            aria-label="Search the log"
            size="xs"
            className="log__search"
            data-filter=""
            leftSection={<IconSearch size={14} stroke={1.75} />}
            placeholder="Search the log"
            rightSectionWidth={search === "" ? 0 : 112}
            rightSection={
              search !== "" && (
                <span className="log__hits">
                  <span className="note" role="status">
                    {hits.length === 0 ? "no hits" : `${(at % hits.length) + 1} of ${hits.length}`}
                  </span>
                  <Tool label="Previous hit" icon={IconChevronUp} onClick={() => step(-1)} />
                  <Tool label="Next hit" icon={IconChevronDown} onClick={() => step(1)} />
                </span>
              )
            }
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setAt(0);
              setFollow(false);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
            }}
          />
          <Tool label="Wrap long lines" icon={IconTextWrap} pressed={wrap} onClick={() => setWrap(!wrap)} />
          <Tool label="Download the log" icon={IconDownload} onClick={download} />
        </>
      }
    >
      {log.error !== null && <Failure problem={problemOf(log.error)} />}
      {log.lines.length === 0 ? (
        <Empty title={log.pruned === undefined ? "No lines yet" : "Not kept any more"}>
          {log.pruned !== undefined
            ? prunedSentence("log", log.pruned)
            : log.ended
              ? "This run wrote nothing."
              : "They appear here while the run is at work."}
        </Empty>
      ) : (
        <LogLines
          lines={log.lines}
          search={search}
          hit={hit?.id}
          selected={selected}
          wrap={wrap}
          follow={follow && log.live}
          live={log.live}
          onFollow={setFollow}
          onSelect={(line) => setAddress({ line: line === undefined ? undefined : String(line) }, { replace: true })}
        />
      )}
      <div className="panel__foot log__foot note">
        {log.live ? (
          <button type="button" className="log__follow" aria-pressed={follow} onClick={() => setFollow(!follow)}>
            <IconDownload size={14} stroke={1.75} aria-hidden="true" />
            {follow ? "Following. Scroll up to stop." : "Follow"}
          </button>
        ) : (
          <span>
            {lost && log.ended
              ? "Ends where the runner was heard of last."
              : log.ended
                ? "Complete."
                : "The live stream is interrupted; trying again."}
          </span>
        )}
        <span>Secrets are masked before a line is stored</span>
      </div>
    </Panel>
  );
}

function Tool({
  label,
  icon: Icon,
  pressed,
  onClick,
}: {
  label: string;
  icon: typeof IconDownload;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <ActionIcon
      variant={pressed === true ? "default" : "subtle"}
      color="gray"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon size={16} stroke={1.75} />
    </ActionIcon>
  );
}

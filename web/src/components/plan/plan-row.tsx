import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Badge } from "../../ui/marks/badge.tsx";
import { SeverityBadge } from "../../ui/marks/severity.tsx";
import { classes, count, list } from "../../util/format.ts";
import { FindingCard } from "./finding-card.tsx";
import { PlaceLink } from "./place-link.tsx";
import { actionSign, attributeSign } from "./signs.ts";
import type { PlanRow } from "./plan-rows.ts";
import { Change } from "./value.tsx";

/** One row of the plan tree. */
export function PlanRowView({ row, onFold }: { row: PlanRow; onFold: (key: string) => void }) {
  switch (row.kind) {
    case "resource":
      return <ResourceRow row={row} onFold={onFold} />;
    case "attribute": {
      const { sign, tone } = attributeSign(row.resource, row.attribute);
      return (
        <div className={`plan-row plan-row--attribute tone-${tone}`}>
          <span className="plan-row__sign">{sign}</span>
          <span className="plan-row__path">{row.attribute.path}</span>
          <span className="plan-row__value">
            <Change before={row.attribute.before} after={row.attribute.after} />
            {row.attribute.replaces && <span className="plan-row__why"> forces the replacement</span>}
          </span>
          {row.resource.place !== undefined && row.attribute.line !== undefined && (
            <PlaceLink place={{ file: row.resource.place.file, line: row.attribute.line }} isWithin />
          )}
        </div>
      );
    }
    case "finding":
      return (
        <div className="plan-row plan-row--finding">
          <FindingCard finding={row.finding} />
        </div>
      );
    case "note":
      return <div className="plan-row plan-row--note">{row.text}</div>;
    case "heading":
      return <div className="plan-row plan-row--heading">{row.text}</div>;
    case "output": {
      const { sign, tone } = attributeSign(
        { action: "update" },
        { ...row.output, path: row.output.name, replaces: false },
      );
      return (
        <div className={`plan-row plan-row--attribute tone-${tone}`}>
          <span className="plan-row__sign">{sign}</span>
          <span className="plan-row__path">{row.output.name}</span>
          <span className="plan-row__value">
            <Change before={row.output.before} after={row.output.after} />
          </span>
        </div>
      );
    }
  }
}

function ResourceRow({ row, onFold }: { row: Extract<PlanRow, { kind: "resource" }>; onFold: (key: string) => void }) {
  const { resource, open, findings, undoes } = row;
  const { sign, tone, words } = actionSign(resource.action);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const [only, ...others] = resource.attributes;
  const told = !open && others.length === 0 && ["update", "replace"].includes(resource.action) ? only : undefined;
  return (
    <div className={classes("plan-row plan-row--resource", `tone-${tone}`, told !== undefined && "plan-row--told")}>
      <button
        type="button"
        className="plan-row__fold"
        aria-expanded={open}
        onClick={() => onFold(row.key)}
        data-row=""
        data-fold=""
      >
        <Chevron size={14} stroke={1.75} aria-hidden="true" />
        <span className="plan-row__sign">{sign}</span>
        <b>{resource.address}</b>
        <span className={told === undefined ? "plan-row__words" : "hidden-text"}>
          {words}
          {resource.action === "replace" && resource.replacePaths.length > 0 && (
            <>
              , because <em>{list(resource.replacePaths)}</em> cannot change in place
            </>
          )}
          {resource.previousAddress !== undefined && `, moved from ${resource.previousAddress}`}
          {resource.importing && resource.action !== "import" && ", imported"}
          {resource.deposed !== undefined && `, deposed object ${resource.deposed}`}
          {!open &&
            told === undefined &&
            resource.attributes.length > 0 &&
            `, ${count(resource.attributes.length, "attribute")}`}
        </span>
      </button>
      {undoes && (
        <Badge tone="critical" glyph="drifted">
          undoes an outside change
        </Badge>
      )}
      {told !== undefined && (
        <span className="plan-row__told">
          {told.path} <Change before={told.before} after={told.after} />
        </span>
      )}
      {!open && findings[0] !== undefined && <SeverityBadge severity={findings[0].severity} />}
      {resource.place !== undefined && <PlaceLink place={resource.place} />}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { AnswerOf } from "../../api/endpoints.ts";
import { controlCataloguesQuery, controlReportQuery } from "../../api/queries/controls.ts";
import { useAddress } from "../../ui/use-address.ts";

type Catalogue = AnswerOf<"listControlCatalogues">["items"][number];

/** Something of it is in the code. */
function isUsed({ environments }: Catalogue): boolean {
  return Object.values(environments).some(({ pass, waived, unknown }) => pass + waived + unknown > 0);
}

/**
 * The catalogues, the one that the address names, else the first that is used, and its report. Judging every catalogue
 * reads all states: only who looks at reports asks for it (`wanted`).
 */
export function useCatalogue(wanted = true) {
  const catalogues = useQuery({ ...controlCataloguesQuery(), enabled: wanted });
  const [search] = useAddress();
  const items = catalogues.data?.items ?? [];
  const chosen = items.find(({ slug }) => slug === search["catalogue"]) ?? items.find(isUsed) ?? items[0];
  const report = useQuery({ ...controlReportQuery(chosen?.slug ?? ""), enabled: wanted && chosen !== undefined });
  return { catalogues, chosen, report };
}

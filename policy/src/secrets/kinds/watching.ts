import { endsWithCrcHex } from "../checksums.ts";
import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Keys of services that watch other services. */
export const watchingKinds: readonly SecretKind[] = [
  startingWith("newrelic-user-key", "New Relic user key", "NRAK-", /[A-Z0-9]{27}/),
  startingWith("newrelic-insert-key", "New Relic insert key", "NRII-", /[A-Za-z0-9_-]{32}/),
  {
    id: "newrelic-licence-key",
    name: "New Relic licence key",
    pattern: /[0-9a-f]{36}NRAL/,
    hints: ["NRAL"],
  },
  startingWith("grafana-service-token", "Grafana service account token", "glsa_", /[A-Za-z0-9]{32}_[0-9a-f]{8}/, {
    isSound: endsWithCrcHex,
  }),
  startingWith("grafana-cloud-token", "Grafana Cloud token", "glc_eyJ", /[A-Za-z0-9+/_-]{60,400}={0,2}/),
  startingWith("grafana-api-key", "Grafana API key", "eyJrIjoi", /[A-Za-z0-9+/_-]{60,400}={0,2}/),
  startingWith("sentry-organization-token", "Sentry organization token", "sntrys_eyJ", /[A-Za-z0-9+/=_-]{60,400}/),
  startingWith("sentry-user-token", "Sentry user token", "sntryu_", /[0-9a-f]{64}/),
  startingWith("dynatrace-token", "Dynatrace token", "dt0c01.", /[A-Z0-9]{24}\.[A-Z0-9]{64}/),
  {
    id: "honeycomb-key",
    name: "Honeycomb ingest key",
    pattern: /hc[a-z]ik_[0-9a-z]{58}/,
    hints: ["ik_"],
  },
];

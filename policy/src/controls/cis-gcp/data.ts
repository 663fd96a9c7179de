import { cisGcp } from "./edition.ts";
import type { Control } from "../control.ts";

const flags = (severity: "low" | "medium", rows: Readonly<Record<string, string>>): Control[] =>
  Object.entries(rows).map(([id, title]) => cisGcp({ id, title, severity }));

/** Sections 6 to 8 of CIS Google Cloud Foundations 5.0: databases and analytics. */
export const cisGcpData: readonly Control[] = [
  ...flags("medium", {
    "6.1.2": "Users of MySQL do not see the names of others' databases",
    "6.1.3": "MySQL does not load files of clients",
  }),
  ...flags("low", {
    "6.2.1": "PostgreSQL logs errors with detail",
    "6.2.2": "PostgreSQL logs attempts to connect",
    "6.2.3": "PostgreSQL logs the ends of sessions",
    "6.2.4": "PostgreSQL logs changes of structure",
    "6.2.5": "PostgreSQL logs warnings",
    "6.2.6": "PostgreSQL logs statements that fail",
    "6.2.7": "PostgreSQL does not log slow statements with their values",
    "6.2.8": "PostgreSQL keeps an audit log",
  }),
  ...flags("medium", {
    "6.3.1": "SQL Server runs no scripts of other languages",
    "6.3.2": "Rights in one database of SQL Server do not reach into others",
    "6.3.3": "Connections to SQL Server are not limited by hand",
    "6.3.4": "SQL Server sets no options for all users",
    "6.3.5": "Other servers run no procedures on SQL Server",
    "6.3.6": "SQL Server does not tell users about what they may not see",
    "6.3.7": "Databases of SQL Server bring no users of their own",
  }),
  cisGcp({ id: "6.4", title: "Databases take encrypted connections only", severity: "high" }),
  cisGcp({ id: "6.5", title: "Databases are not open to the internet", severity: "critical" }),
  cisGcp({ id: "6.7", title: "Databases have no addresses on the internet", severity: "high" }),
  cisGcp({ id: "6.8", title: "Databases are backed up", severity: "medium" }),
  cisGcp({ id: "7.1", title: "Datasets are not open to everybody", severity: "critical" }),
  cisGcp({ id: "7.2", title: "Tables are encrypted with keys of your own", severity: "low" }),
  cisGcp({ id: "7.3", title: "Datasets are encrypted with keys of your own", severity: "low" }),
  cisGcp({ id: "8.1", title: "Clusters are encrypted with keys of your own", severity: "low" }),
];

import type { PortRange } from "../vocabulary/condition.ts";

/** Ports on which databases and their relatives listen: SQL Server, Oracle, MySQL, PostgreSQL, Redshift, Cassandra, Redis, Elasticsearch, memcached, MongoDB. */
const databasePorts = [1433, 1434, 1521, 3306, 5432, 5439, 6379, 9042, 9200, 9300, 11211, 27017, 27018, 27019];

/** Ports that give a shell, a desktop or files: SSH, Telnet, RPC, SMB, RDP, VNC, WinRM, Docker, Kubernetes, etcd. */
const adminPorts = [22, 23, 135, 139, 445, 2375, 2376, 2379, 3389, 5900, 5985, 5986, 6443, 10250];

const webPorts = [80, 443];

export function opensEverything(range: PortRange): boolean {
  return range.all;
}

export function opensDatabase(range: PortRange): boolean {
  return !range.all && databasePorts.some((port) => covers(range, port));
}

export function opensAdministration(range: PortRange): boolean {
  return !range.all && adminPorts.some((port) => covers(range, port));
}

/** Something else than the web, and nothing the other three name. */
export function opensOther(range: PortRange): boolean {
  if (range.all || opensDatabase(range) || opensAdministration(range)) return false;
  return !(range.from === range.to && webPorts.includes(range.from));
}

function covers(range: PortRange, port: number): boolean {
  return range.from <= port && port <= range.to;
}

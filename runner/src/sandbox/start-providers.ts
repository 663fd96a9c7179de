/** A provider that is started before the engine. */
export interface EarlyProvider {
  /** Full source address: `registry.terraform.io/hashicorp/aws`. */
  address: string;
  /** Path inside the sandbox. */
  program: string;
}

/**
 * What stands around the engine in its sandbox: starts each provider once, reads from its first line where it listens (go-plugin's
 * handshake, `1|6|unix|<socket>|grpc|`), tells the engine by TF_REATTACH_PROVIDERS, and becomes the engine. A provider
 * that says something else, or nothing and ends, is left to the engine to start and to report. Afterwards a provider's
 * output is thrown away as the engine does, but for what it says when it crashes.
 *
 * Providers end with the engine, which alone holds the writing end of a pipe. (A sandbox that does not die with its parent
 * stands as long as anything runs in it.)
 *
 * A constant into which nothing is put: it works with its arguments, `address program … -- engine argument …`.
 */
const script = `
pids=
providers=
trap 'kill -KILL $pids; exit 130' INT TERM
while [ "$1" != -- ]; do
  said="$TMPDIR/.provider-$#"
  mkfifo "$said" "$said-errors"
  TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2 \\
    PLUGIN_PROTOCOL_VERSIONS=5,6 PLUGIN_MIN_PORT=10000 PLUGIN_MAX_PORT=25000 \\
    "$2" </dev/null >"$said" 2>"$said-errors" &
  pid=$!
  pids="$pids $pid"
  grep -a -A 1000 -e '^panic: ' -e '^fatal error: ' <"$said-errors" >&2 &
  exec 4<"$said"
  IFS='|' read -r core protocol network socket kind rest <&4
  case "$socket" in *[!A-Za-z0-9/._-]*) socket= ;; esac
  case "$core|$protocol|$network|$kind|$socket" in
    '1|5|unix|grpc|/'* | '1|6|unix|grpc|/'*)
      cat <&4 >/dev/null &
      providers="$providers\${providers:+,}\\"$1\\":{\\"Protocol\\":\\"grpc\\",\\"ProtocolVersion\\":$protocol,\\"Pid\\":$pid,\\"Test\\":true,\\"Addr\\":{\\"Network\\":\\"unix\\",\\"String\\":\\"$socket\\"}}"
      ;;
    *) kill -KILL "$pid" ;;
  esac
  exec 4<&-
  shift 2
done
shift
mkfifo "$TMPDIR/.engine"
(
  read -r end <"$TMPDIR/.engine"
  kill -KILL $pids
) 2>/dev/null &
exec 5>"$TMPDIR/.engine"
TF_REATTACH_PROVIDERS="{$providers}" exec "$@"
`;

/** The command that starts the providers and becomes `command`; that itself where there is none to start. */
export function withProviders(providers: readonly EarlyProvider[], command: readonly string[]): string[] {
  if (providers.length === 0) return [...command];
  const started = providers.flatMap(({ address, program }) => [address, program]);
  return ["/bin/sh", "-c", script, "sh", ...started, "--", ...command];
}

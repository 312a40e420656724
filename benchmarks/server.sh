#!/usr/bin/env bash
# Load on the service: /verify beside an empty handler behind the same filters, latency at a fixed rate, and
# the same beside 500 clients that drip bytes.
#
#   benchmarks/server.sh [SECONDS]     each measurement takes so long; 20 unless told
#
# The server runs warm before anything counts, for six times WARM_UP seconds, 15 unless told.
#
# A virtual machine whose host has other work is slow for a tenth of a second now and then, which is what its worst hundredth is
# made of: the client notices, and says besides what the other requests took.
#
# Needs wrk (Debian has it). Leave the machine alone meanwhile: server and clients share it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=${1:-20}
warm_up=${WARM_UP:-15}
rate=2000
port=${PORT:-18080}
work=benchmarks/target/server
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

command -v wrk >/dev/null || { echo "wrk is not installed" >&2; exit 69; }
if [[ -z "${COUNTERMARK_BUILD:-}" ]]; then
    mvn -q -B -ntp -Dmaven.test.skip package -pl server -am
fi
jar=$(ls server/target/countermark-server-[0-9]*.jar | grep -v -e sources -e javadoc)
rm -rf "$work"
mkdir -p "$work/classes" "$work/load" "$work/data" "$work/jar"
(cd "$work/jar" && "${java%java}jar" xf "$OLDPWD/$jar")
"${java}c" -parameters -d "$work/classes" -cp "$(printf '%s:' "$work"/jar/BOOT-INF/lib/*.jar)" \
    benchmarks/src/server/java/dev/countermark/server/EmptyHandler.java
"${java}c" -d "$work/load" benchmarks/src/main/java/dev/countermark/benchmarks/load/{OpenLoop,KeptConnection,Slowness,SlowClients}.java
# The clients share the machine with the server: no second compiler. They make no garbage while they measure.
client=("$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Xmn64m -cp "$work/load")

# The built server with the launcher's options, and the empty handler beside it.
export MALLOC_ARENA_MAX=2
"$java" -XX:+UseSerialGC -Xmx128m -Xss512k -XX:ReservedCodeCacheSize=64m -XX:-UsePerfData \
    -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 \
    -XX:Tier4BackEdgeThreshold=400000 -cp "$work/classes:$work/jar/BOOT-INF/classes:$work/jar/BOOT-INF/lib/*" \
    dev.countermark.server.CountermarkServer --port "$port" --data "$work/data" >"$work/out" 2>"$work/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null || true' EXIT
url=http://127.0.0.1:$port
for _ in $(seq 300); do
    [[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/empty" || true)" == 200 ]] && break
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done

admin=$(sed -n "s/^ *ADMIN='\(.*\)'$/\1/p" "$work/out")
token=$(curl -sS "$url/v1/tokens" -H "Authorization: Bearer $admin" -H 'Content-Type: application/json' \
    -d '{"subject":"ada","scopes":["orders:read"]}' | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
[[ "$(curl -s -o /dev/null -w '%{http_code}' "$url/verify" -H "Authorization: Bearer $token")" == 200 ]]

load() { # path, seconds: requests a second; fails if an answer was not 2xx
    local out
    out=$(wrk -t 2 -c 64 -d "$2" -H "Authorization: Bearer $token" "$url$1")
    ! grep -q -e 'Non-2xx' -e 'Socket errors' <<<"$out" || { echo "$out" >&2; return 1; }
    sed -n 's/^Requests\/sec: *//p' <<<"$out"
}

# Cold, the first requests may take long, and the compiler has work for about a minute.
for _ in 1 2 3; do
    load /empty "$warm_up" >/dev/null 2>&1 || true
    load /verify "$warm_up" >/dev/null 2>&1 || true
done
# Turn and turn about, so that neither has the better half of the run.
empty=() verify=()
for _ in 1 2 3; do
    empty+=("$(load /empty "$seconds")")
    verify+=("$(load /verify "$seconds")")
done
awk -v e="${empty[*]}" -v v="${verify[*]}" 'BEGIN {
    n = split(e, a, " "); split(v, b, " ")
    for (i = 1; i <= n; i++) { se += a[i]; sv += b[i] }
    printf "requests/s, 64 connections: /empty %s; /verify %s; ratio %.2f\n", e, v, sv / se
}'
echo -n "open loop, $rate requests/s: "
"${client[@]}" dev.countermark.benchmarks.load.OpenLoop "$url/verify?scope=orders:read" "$rate" "$seconds" 64 "Bearer $token"
slow=500
"${client[@]}" dev.countermark.benchmarks.load.SlowClients "$url" $slow $((seconds + 10)) &
drip=$!
sleep 3
echo -n "the same beside $slow clients that drip bytes: "
"${client[@]}" dev.countermark.benchmarks.load.OpenLoop "$url/verify?scope=orders:read" "$rate" "$seconds" 64 "Bearer $token"
wait $drip
echo -n "resident memory of the server: "
awk '/VmRSS/ { printf "%d MiB\n", $2 / 1024 }' "/proc/$server/status"

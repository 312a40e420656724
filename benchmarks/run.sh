#!/usr/bin/env bash
# Runs the benchmarks and writes their tables into docs/performance.md.
#
#   benchmarks/run.sh                about 40 minutes a JDK: every benchmark, one and two threads
#   benchmarks/run.sh --quick        about four minutes: small values, shorter rounds, one JDK, one thread
#   benchmarks/run.sh --part NAME    one part of the full run, 2 to 6 minutes a pass and JDK: pairs, ours, peers, sizes, or two
#   benchmarks/run.sh --report       writes the tables again from the results that are there
#
# JAVA_HOME chooses the JDK; further ones in JDKS="/path/one /path/two". A part is gone through PASSES times (3), and a ratio is the
# median of its passes: both its sides come from the same minutes, and what disturbs one pass does not decide. Rounds are short and many,
# and the one in the middle counts, since a busy host takes the processor away for a tenth of a second at a time. They come after four
# seconds of warming up, because the compiler needs more than one for what reads JSON or looks into a store. ROUNDS replaces JMH's rounds
# but those to warm up, FIRST_PASS goes on where a run was left. Leave the machine alone meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=benchmarks/target/results
class_path=benchmarks/target/classes:$(cat benchmarks/target/class-path.txt 2>/dev/null || true)
chosen=full
case "${1:-}" in
    --quick) chosen=quick ;;
    --part) chosen=${2:?which part: pairs, ours, peers, sizes or two} ;;
    --report) chosen=report ;;
esac

if [[ $chosen != report && -z "${BUILT:-}" ]]; then
    mvn -q -B -ntp -Pbenchmarks -DskipTests package -pl benchmarks -am
    class_path=benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)
fi
mkdir -p "$results"

# measure FILE THREADS REGEX [JMH option…]
measure() {
    local file=$1 threads=$2 benchmarks=$3
    shift 3
    "$java" -cp "$class_path" org.openjdk.jmh.Main "$benchmarks" "$@" -t "$threads" -wi "$warm_up" -bm avgt -tu ns -prof gc \
        -jvmArgs "-Xms512m -Xmx512m" -rf json -rff "$results/jdk$version-threads$threads-$file-pass$pass.json" >&2
}

# what a revocation takes of a node's memory; the heap after a collection, so nothing here depends on time
memory() {
    "$java" -XX:+UseSerialGC -Xms512m -Xmx512m -cp "$class_path" dev.countermark.benchmarks.RevocationMemory "$results/memory-$version.json" >&2
}

part() {
    local name=$1
    shift
    case $name in
        pairs) measure turns 1 'PairBenchmark|TwoThreads' "$@" ;;
        ours) measure ours 1 "Floor|TextToken|RecordToken|ApiToken|ItsDangerous$virtual" "$@" ;;
        peers)
            # the ratios are those of the small claims
            ((pass == 1)) || set -- "$@" -p claims=small
            measure peers 1 'Floor.*reusedMac|\.JwsBenchmark|JwtPeer' "$@" -p signs=jws
            ;;
        sizes) measure sizes 1 'Compression|SizeBenchmark' "$@" ;;
        two) measure two 2 'Floor.*preKeyed|TextToken|RecordToken.*Small|ApiToken.*check$' "$@" ;;
        *) echo "no such part: $name" >&2; exit 64 ;;
    esac
}

read -r -a jdks <<<"${JDKS:-${JAVA_HOME:-none}}"
read -r -a rounds <<<"${ROUNDS:--f 1 -w 300ms -i 12 -r 50ms}"
passes=${PASSES:-3}
pass=1
warm_up=14
[[ $chosen == quick ]] && warm_up=6 && jdks=("${jdks[0]}") && read -r -a rounds <<<"${ROUNDS:--f 1 -w 300ms -i 10 -r 50ms}"
[[ $chosen == report ]] && jdks=()
[[ $chosen == full || $chosen == quick ]] && rm -f "$results"/*.json

# passes NAME [JMH option…]
passes() {
    for ((pass = ${FIRST_PASS:-1}; pass <= passes; pass++)); do part "$@"; done
}

for jdk in "${jdks[@]}"; do
    java=java
    [[ "$jdk" != none ]] && java=$jdk/bin/java
    version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')
    virtual=
    ((version >= 21)) && virtual='|VirtualThread'
    case $chosen in
        quick)
            memory
            measure quick 1 'PairBenchmark|Floor.*reusedMac|TextToken|\.(RecordToken|Jws)Benchmark.*(Small|Bytes)|ApiToken|JwtPeer|SizeBenchmark' \
                "${rounds[@]}" -p claims=small -p size=1000000
            ;;
        full) memory && for name in pairs ours peers sizes two; do passes "$name" "${rounds[@]}"; done ;;
        ours) memory && passes ours "${rounds[@]}" ;;
        *) passes "$chosen" "${rounds[@]}" ;;
    esac
done

python=$(command -v /usr/bin/python3 || command -v python3 || true)
if [[ $chosen == ours || $chosen == full || $chosen == quick ]]; then
    if [[ -n "$python" ]] && "$python" -c 'import itsdangerous' 2>/dev/null; then
        "$python" benchmarks/itsdangerous_speed.py >"$results/python.json"
    else
        echo "Python's itsdangerous is not installed here; its figures are left out" >&2
    fi
fi

java -cp "$class_path" dev.countermark.benchmarks.Report "$results" docs/performance.md

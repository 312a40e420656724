#!/usr/bin/env bash
# Runs the benchmarks and writes their table into docs/performance.md.
#
#   benchmarks/run.sh           in full, about an hour a JDK
#   benchmarks/run.sh --quick   about four minutes: small values, fewer and shorter rounds, one JDK
#
# JAVA_HOME chooses the JDK; further ones in JDKS="/path/one /path/two". Leave the machine alone meanwhile.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

results=benchmarks/target/results
quick=false
[[ "${1:-}" == --quick ]] && quick=true

mvn -q -B -ntp -Pbenchmarks -DskipTests package -pl benchmarks -am
class_path=benchmarks/target/classes:$(cat benchmarks/target/class-path.txt)
mkdir -p "$results"

if $quick; then
    rounds=(-f 1 -wi 2 -w 700ms -i 3 -r 400ms -p hmac=SHA256 -p claims=small -p size=24,300)
    jdks=("${JAVA_HOME:-}")
    threads=(1)
else
    rounds=(-f 3 -wi 5 -w 1 -i 10 -r 1)
    read -r -a jdks <<<"${JDKS:-${JAVA_HOME:-none}}"
    threads=(1 2)
fi

for jdk in "${jdks[@]:-none}"; do
    java=java
    [[ -n "$jdk" && "$jdk" != none ]] && java=$jdk/bin/java
    version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')
    for count in "${threads[@]}"; do
        "$java" -cp "$class_path" org.openjdk.jmh.Main "${rounds[@]}" -t "$count" -bm avgt -tu ns -prof gc \
            -jvmArgs "-Xms512m -Xmx512m" -rf json -rff "$results/jdk$version-threads$count.json" >&2
    done
done

java -cp "$class_path" dev.countermark.benchmarks.Report "$results" docs/performance.md

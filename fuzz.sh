#!/bin/sh
# Fuzzes one target for real, with time and memory of each check bounded:
#
#   ./fuzz.sh TARGET SECONDS [libFuzzer option...]
#
# What it has learnt stays in fuzzing/target/corpus/TARGET for the next run. A finding ends the run with a status that is
# not 0, and lies in fuzzing/target/findings/TARGET: fix it, and copy it to the target's seeds, which every test run tries.
set -eu

root=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
sources=$root/fuzzing/src/test/java/dev/countermark/fuzzing
targets=$(cd "$sources" && ls ./*Fuzz.java | sed 's|^\./||; s|Fuzz\.java$||')

target=${1-}
seconds=${2-}
case $seconds in
    '' | *[!0-9]*)
        printf 'usage: fuzz.sh TARGET SECONDS [libFuzzer option...]\ntargets: %s\n' "$(echo $targets)" >&2
        exit 64
        ;;
esac
shift 2
if [ ! -f "$sources/${target}Fuzz.java" ]; then
    printf 'fuzz.sh: there is no target %s; choose one of: %s\n' "$target" "$(echo $targets)" >&2
    exit 64
fi

cd "$root"
mvn -B -ntp -q test-compile dependency:build-classpath -pl fuzzing -am \
    -Dmdep.outputFile=target/class-path.txt -Dmdep.includeScope=test >&2

java=java
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; fi
corpus=$root/fuzzing/target/corpus/$target
findings=$root/fuzzing/target/findings/$target
mkdir -p "$corpus" "$findings"

# Hooks inside the JDK's regular expressions allocate for every character, and the target would count that as ours.
# A process that is stopped for a while is not a hang, so libFuzzer's own clock is far off; the targets measure themselves.
exec "$java" -Xmx1g -Dcountermark.fuzzing=true -cp "fuzzing/target/test-classes:$(cat fuzzing/target/class-path.txt)" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class="dev.countermark.fuzzing.${target}Fuzz" \
    --instrumentation_includes='dev.countermark.**' \
    --instrumentation_excludes='dev.countermark.fuzzing.**' \
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexRoadblocks \
    --reproducer_path="$findings" -artifact_prefix="$findings/" \
    -max_total_time="$seconds" -max_len=8192 -timeout=3600 -rss_limit_mb=4096 -print_final_stats=1 "$@" "$corpus"

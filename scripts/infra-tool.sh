# Starts what ./deploy and ./destroy have in common, a program of infra-cdk, which is compiled where a source is newer.
# Sourced by both.
#   infra_tool COMMAND ARGUMENT...
# shellcheck source=SCRIPTDIR/needs.sh
. "${BASH_SOURCE[0]%/*}/needs.sh"

infra_tool() {
    local here target sources jar built
    here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
    target=$here/infra-cdk/target
    require "$1" "${build_needs[@]}"
    # shellcheck source=SCRIPTDIR/jdk25.sh
    . "$here/scripts/jdk25.sh"
    sources=("$here/pom.xml" "$here/infra-cdk/pom.xml" "$here/infra-cdk/src/main")
    jar=$target/infra-cdk-0.1.0-SNAPSHOT.jar built=$target/compiled
    [[ -e $built ]] || built=$jar
    # newer than both: Maven leaves a jar alone whose content stays the same
    if [[ ! -e $jar || -n $(find "${sources[@]}" -newer "$jar" -newer "$built" -print -quit) ]]; then
        echo "$1: compiling this command" >&2
        "$here/mvnw" -q -B -pl infra-cdk -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true package \
            -f "$here/pom.xml" 2> >(grep -v '^WARNING: ' >&2) >&2
        touch "$target/compiled"
    fi
    exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable --sun-misc-unsafe-memory-access=allow \
        -Drepository="$here" \
        -cp "$target/classes:$target/lib/*" imageservice.infra.deploy.Main "$@"
}

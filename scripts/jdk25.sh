# Sets JAVA_HOME to a JDK 25, wherever it is and whatever `java` is; says what to install where there is none.
# Sourced by mvnw, image-service and bench/run.
# shellcheck source=SCRIPTDIR/needs.sh
. "${BASH_SOURCE[0]%/*}/needs.sh"
if ! JAVA_HOME=$(find_jdk25); then
    jdk25_text
    exit 1
fi
export JAVA_HOME

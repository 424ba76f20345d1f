# Sets JAVA_HOME to a JDK 25, wherever it is and whatever `java` is; says what to install where there is none.
# Sourced by mvnw, image-service, test and bench/run.
is_jdk25() { [[ -x $1/bin/javac ]] && "$1/bin/javac" -version 2>&1 | grep -q '^javac 25'; }
find_jdk25() {
    local candidate
    for candidate in "${JAVA_HOME_25:-}" "${JDK25_HOME:-}" "${JAVA_HOME:-}" \
        "$(command -v javac >/dev/null && dirname "$(dirname "$(readlink -f "$(command -v javac)")")")" \
        /usr/lib/jvm/*25* /opt/*jdk*25* /opt/java/* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
        /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
        if [[ -n $candidate ]] && is_jdk25 "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}
if ! JAVA_HOME=$(find_jdk25); then
    cat >&2 <<-'TEXT'
		Image Service needs a JDK 25 and found none. Install one and run this again:
		  Debian, Ubuntu   apt-get install temurin-25-jdk     (from Adoptium's repository), or openjdk-25-jdk-headless where your release has it
		  Fedora           dnf install java-25-openjdk-devel
		  macOS            brew install --cask temurin@25
		  anywhere         sdk install java 25-tem
		or set JDK25_HOME to the folder of one.
	TEXT
    exit 1
fi
export JAVA_HOME

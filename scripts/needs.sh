# What a command needs of the machine. Sourced by the commands; each has one list of its needs.

maven_version=3.9.11
maven_home=${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists/apache-maven-$maven_version # where mvnw keeps it

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
jdk25_text() {
    cat >&2 <<-'TEXT'
		Image Service needs a JDK 25 and found none. Install one and run this again:
		  Debian, Ubuntu   apt-get install temurin-25-jdk     (from Adoptium's repository), or openjdk-25-jdk-headless where your release has it
		  Fedora           dnf install java-25-openjdk-devel
		  macOS            brew install --cask temurin@25
		  anywhere         sdk install java 25-tem
		or set JDK25_HOME to the folder of one.
	TEXT
}

# NEED: program:package, or /file:package, or /file,/where-older-releases-have-it:package, or one of these two:
build_needs=(jdk25:openjdk-25-jdk-headless maven:maven)
# of grub-kit/fetch-packages and grub-kit/make-grub-kit, beside what is in every Debian
demo_needs=(dpkg-deb:dpkg apt-get:apt flock:util-linux tar:tar)
# of fixtures/make-mini-release.sh
fixture_needs=(dpkg-deb:dpkg apt-get:apt mksquashfs:squashfs-tools depmod:kmod cpio:cpio zstd:zstd xz:xz-utils python3:python3)
# of the bench's cold starts
cold_needs=(taskset:util-linux)
# of the bench, beside those
bench_needs=(qemu-img:qemu-utils pigz:pigz grub-mkrescue:grub-common /usr/lib/grub/i386-pc/boot.img:grub-pc-bin
    /usr/lib/grub/x86_64-efi/kernel.img:grub-efi-amd64-bin xorriso:xorriso mformat:mtools mkfs.xfs:xfsprogs)
# of scripts/localstack-test: beside those a Python 3.13, which says itself where it is missing
localstack_needs=(node:nodejs npx:npm flock:util-linux)
# of images in tests
engine_needs=(buildah:buildah podman:podman runc:runc /usr/lib/podman/netavark:netavark mmdebstrap:mmdebstrap)
is_there() { # the part before the colon
    case $1 in
        jdk25) find_jdk25 >/dev/null ;;
        maven) [[ -n ${MVNW_REPOURL:-} || -x $maven_home/bin/mvn ]] || command -v mvn >/dev/null ;;
        python3-venv) python3 -c 'import ensurepip' 2>/dev/null ;;
        /*) [[ -e ${1%,*} || -e ${1#*,} ]] ;;
        *) command -v "$1" >/dev/null ;;
    esac
}
missing_of() { # NEED...: the packages of those that are missing, each once, into the array `missing`
    local need
    missing=()
    for need; do
        [[ " ${missing[*]} " == *" ${need##*:} "* ]] || is_there "${need%:*}" || missing+=("${need##*:}")
    done
}

# Ends the command unless all is there. Root gets what is missing where there is apt-get; others get the line that does.
require() { # COMMAND NEED...; a JDK comes first
    local command=$1 missing install=(apt-get install -y --no-install-recommends)
    shift
    missing_of "$@"
    ((${#missing[@]})) || return 0
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "$command: ${install[*]} ${missing[*]}" >&2
        apt-get -qq update >&2 || true # what is installed from may be there already
        if is_there jdk25 || apt-cache show openjdk-25-jdk-headless >/dev/null 2>&1; then
            DEBIAN_FRONTEND=noninteractive "${install[@]}" -qq "${missing[@]}" >&2 || exit 1
            missing_of "$@"
            ((${#missing[@]})) || return 0
            echo "$command: installed, and still not on the PATH, is what these packages have: ${missing[*]}" >&2
            exit 1
        fi
    fi
    is_there jdk25 || jdk25_text
    [[ ${missing[0]} != openjdk-* ]] || missing=("${missing[@]:1}") # which the text above is about
    if ((${#missing[@]})); then
        echo "$command: some programs are missing. As root, on Debian or Ubuntu:" >&2
        echo "    ${install[*]} ${missing[*]}" >&2
    fi
    exit 1
}

# Debian packages as plain files: found and verified by apt in a private state, unpacked with dpkg-deb, never
# installed. Needs no root and changes nothing outside the cache folder. To be sourced; the functions are:
#   packages_open CACHE MIRROR SUITE...      before all others; MIRROR may be empty
#   packages_fetch NAME:ARCH/SUITE...        downloads what the cache lacks
#   packages_depended NAME:ARCH/SUITE        sets packages_found: what a meta package depends on first
#   packages_of_release ARCHES SUITE EFI_SUITE    fetches what miniature releases are made of; sets packages_kernel[ARCH]
#   packages_unpack NAME:ARCH/SUITE DIR [MEMBER...]
#   packages_version NAME:ARCH/SUITE
# CACHE holds apt's lists, debs/*.deb and debs/index: "NAME:ARCH/SUITE FILE" a line. What is in the index is never
# looked up again; PACKAGES_REFRESH=1 does so.

packages_say() { echo "${0##*/}: $*" >&2; }
packages_fail() { packages_say "$*"; exit 1; }

packages_open() {
    local tool
    for tool in apt-get dpkg dpkg-deb tar flock; do
        command -v "$tool" >/dev/null || packages_fail "$tool is not installed: this needs a Debian or Ubuntu machine (or container)"
    done
    mkdir -p "$1/debs" || packages_fail "cannot write to the cache $1"
    packages_cache=$(cd "$1" && pwd) packages_mirror=${2:-}
    [[ -w $packages_cache/debs ]] || packages_fail "cannot write to the cache $packages_cache"
    exec {packages_lock}>"$packages_cache/lock"
    flock -n "$packages_lock" || { packages_say "waiting for another user of $packages_cache"; flock "$packages_lock"; }
    rm -rf "$packages_cache"/incoming.* # of a run that was stopped
    touch "$packages_cache/debs/index"
    [[ -z ${PACKAGES_REFRESH:-} ]] || : >"$packages_cache/debs/index"
    packages_suites=("${@:3}") packages_updated=''
}

# the cached .deb, or nothing
packages_file() { sed -n "s|^$1 ||p" "$packages_cache/debs/index"; }
packages_has() { local file; file=$(packages_file "$1") && [[ -n $file && -f $packages_cache/debs/$file ]]; }

packages_fetch() {
    local spec missing=() tmp file name
    for spec in "$@"; do packages_has "$spec" || missing+=("$spec"); done
    ((${#missing[@]})) || return 0
    packages_update
    packages_say "downloading ${#missing[@]} packages"
    tmp=$(mktemp -d "$packages_cache/incoming.XXXXXX")
    if ! (cd "$tmp" && packages_apt apt-get -qq download "${missing[@]}") >&2; then
        rm -rf "$tmp"
        packages_fail "apt could not download: ${missing[*]} (see above; free space: $(packages_free))"
    fi
    for spec in "${missing[@]}"; do
        name=${spec%%:*} file=("$tmp/$name"_*_"$(packages_arch "$spec")".deb)
        [[ -f ${file[0]} ]] || file=("$tmp/$name"_*_all.deb)
        # the same package of two suites may be one file, moved already
        if [[ -f ${file[0]} ]]; then
            file=${file[0]##*/}
            mv "$tmp/$file" "$packages_cache/debs/$file"
        else
            file=$(packages_other_suite "$spec")
            [[ -n $file ]] || packages_fail "apt downloaded no file for $spec"
        fi
        sed -i "\\|^$spec |d" "$packages_cache/debs/index"
        echo "$spec $file" >>"$packages_cache/debs/index"
    done
    rm -rf "$tmp"
}
packages_arch() { local rest=${1#*:}; echo "${rest%%/*}"; }
packages_other_suite() { sed -n "s|^${1%/*}/[^ ]* ||p" "$packages_cache/debs/index" | tail -n 1; }
packages_free() { df -h --output=avail "$packages_cache" | tail -n 1 | tr -d ' '; }

packages_depended() {
    local file="$packages_cache/debs/dependency.${1//[:\/]/_}"
    if [[ ! -s $file || -n ${PACKAGES_REFRESH:-} ]]; then
        packages_update
        packages_apt apt-cache show --no-all-versions "$1" | sed -n 's/^Depends: \([^ ,]*\).*/\1/p' >"$file"
        [[ -s $file ]] || { rm -f "$file"; packages_fail "package $1 not found, or it depends on nothing"; }
    fi
    # shellcheck disable=SC2034 # the result
    packages_found=$(<"$file")
}

packages_of_release() { # by architecture: the package of Debian's newest cloud kernel
    local arch packages=("grub-pc-bin:amd64/$2" "grub-efi-amd64-bin:amd64/$2")
    declare -gA packages_kernel=()
    for arch in $1; do
        packages+=("busybox-static:$arch/$2" "systemd-boot-efi:$arch/$3")
        [[ $arch != arm64 ]] || packages+=("grub-efi-arm64-bin:arm64/$2")
    done
    for arch in $1; do
        packages_depended "linux-image-cloud-$arch:$arch/$2"
        packages_kernel[$arch]=$packages_found:$arch/$2
        packages+=("${packages_kernel[$arch]}")
    done
    packages_fetch "${packages[@]}"
}

packages_unpack() { # members may hold wildcards
    local file; file=$(packages_file "$1")
    [[ -n $file ]] || packages_fail "$1 was not fetched"
    mkdir -p "$2"
    dpkg-deb --fsys-tarfile "$packages_cache/debs/$file" | tar -x -C "$2" --no-same-owner --wildcards "${@:3}" ||
        packages_fail "cannot unpack $file (free space: $(df -h --output=avail "$2" | tail -n 1 | tr -d ' '))"
}
packages_version() { dpkg-deb -f "$packages_cache/debs/$(packages_file "$1")" Version; }

# --- apt with a state of its own: foreign architectures and suites touch nothing of the machine ---------------
packages_apt() {
    APT_CONFIG="$packages_cache/apt/apt.conf" "$@" -c "$packages_cache/apt/hooks.conf" -o APT::Sandbox::User=root -o Acquire::Languages=none \
        -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::Retries=3
}
packages_update() { # reads the lists of all suites, once, as apt takes seconds for it
    [[ -z $packages_updated ]] || return 0
    local apt=$packages_cache/apt mirror keyring
    mirror=${packages_mirror:-$(packages_mirror_of_host)}
    [[ -n $mirror ]] || packages_fail "this machine's apt knows no Debian archive; name one with --mirror URL or DEB_MIRROR"
    keyring=$(packages_keyring)
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/etc"
    printf "deb [signed-by=$keyring] $mirror %s main\n" "${packages_suites[@]}" | sort -u >"$apt/etc/sources.list"
    cat >"$apt/apt.conf" <<-TEXT
		Dir::State "$apt"; Dir::State::lists "$apt/lists"; Dir::State::status "/dev/null";
		Dir::Cache "$apt"; Dir::Etc::sourcelist "$apt/etc/sources.list"; Dir::Etc::sourceparts "-";
		APT::Architectures { "amd64"; "arm64"; };
	TEXT
    # read last: the machine's own hooks (container images have some that delete packages) are not for this state
    printf '#clear APT::Update::%s;\n' Pre-Invoke Post-Invoke Post-Invoke-Success >"$apt/hooks.conf"
    packages_say "reading the package lists of ${packages_suites[*]}"
    packages_apt apt-get -qq update -o APT::Update::Error-Mode=any >&2 || packages_fail "apt cannot read the lists of $mirror (free space: $(packages_free))"
    packages_updated=1
}
packages_mirror_of_host() { # as in sources.list, with its folder; before the first update apt knows no origins
    local all; all=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 2>/dev/null | grep -v security || true)
    [[ -n $all ]] || all=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep '/debian/*$' || true)
    # images of Debian come without lists, and there is no target without one
    [[ -n $all ]] || all=$(apt-get --print-uris update 2>/dev/null | sed -n "s|^'\(.*/debian\)/*/dists/.*|\1|p")
    head -n 1 <<<"$all"
}
packages_keyring() { # Debian's keys; on Ubuntu out of a package that Ubuntu vouches for
    local keyring=${DEB_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg} own=$packages_cache/keyring
    if [[ ! -r $keyring ]]; then
        keyring=$own/usr/share/keyrings/debian-archive-keyring.gpg
        if [[ ! -r $keyring ]]; then
            mkdir -p "$own"
            (cd "$own" && apt-get -qq download debian-archive-keyring && dpkg-deb -x debian-archive-keyring_*.deb .) >&2 ||
                packages_fail "no Debian keys: install debian-archive-keyring, or name a keyring in DEB_KEYRING"
        fi
    fi
    echo "$keyring"
}

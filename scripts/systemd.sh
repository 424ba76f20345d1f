# systemd's own programs for unified kernel images, as judges: ukify and systemd-measure of a Debian newer than the one
# whose systemd measures a profile, out of its packages, which are unpacked and not installed. Sourced by ./test, in the
# checkout's folder.
#   systemd_make PYTHON     their folder, once, and puts it onto the PATH; PYTHON has the modules that ukify imports
systemd_suite=trixie
systemd_cache=${XDG_CACHE_HOME:-$HOME/.cache}/image-service/systemd
# systemd-measure and every library it loads, the C library too: nothing of the host's is used
systemd_programs=(systemd libsystemd-shared libsystemd0 libc6 libssl3t64 libacl1 libaudit1 libblkid1 libcap-ng0 libcap2
    libcrypt1 libmount1 libpam0g libpcre2-8-0 libseccomp2 libselinux1 libzstd1 zlib1g)

systemd_make() { # PYTHON
    local folder
    folder=$systemd_cache/$({ cat scripts/systemd.sh; echo "$1"; } | sha256sum | cut -c 1-12)
    mkdir -p "$systemd_cache"
    (
        flock 9
        [[ ! -e $folder/complete ]] || exit 0
        echo "systemd: unpacking its programs into $folder" >&2
        rm -rf "$folder"
        systemd_unpack "$folder" "$1"
        touch "$folder/complete"
    ) 9>"$systemd_cache/lock"
    export PATH=$folder/bin:$PATH
}

systemd_unpack() { # FOLDER PYTHON
    local host name specs=() root=$1/root loader libraries
    # shellcheck source=SCRIPTDIR/../grub-kit/debian-packages.sh
    . grub-kit/debian-packages.sh
    host=$(dpkg --print-architecture)
    for name in "${systemd_programs[@]}"; do specs+=("$name:$host/$systemd_suite"); done
    packages_open "${XDG_CACHE_HOME:-$HOME/.cache}/image-service/packages" "${DEB_MIRROR:-}" "$systemd_suite"
    packages_fetch "systemd-ukify:all/$systemd_suite" "${specs[@]}"
    packages_unpack "systemd-ukify:all/$systemd_suite" "$root" ./usr/bin/ukify
    packages_unpack "${specs[0]}" "$root" ./usr/lib/systemd/systemd-measure
    for name in "${specs[@]:1}"; do packages_unpack "$name" "$root" '*/lib*.so*'; done # * matches slashes as well
    loader=$(find "$root" -name 'ld-linux*.so*' | head -n 1)
    libraries=$(find "$root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
    mkdir "$1/bin"
    systemd_program "$1/bin/ukify" "$2" "$root/usr/bin/ukify"
    systemd_program "$1/bin/systemd-measure" "$loader" --library-path "$libraries" "$root/usr/lib/systemd/systemd-measure"
    "$1/bin/systemd-measure" --version >/dev/null
    "$1/bin/ukify" --version >/dev/null
}
systemd_program() { # FILE COMMAND...
    printf '#!/bin/sh\nexec %s "$@"\n' "$(printf ' %q' "${@:2}")" >"$1"
    chmod +x "$1"
}

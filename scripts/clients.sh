# Clients of registries that tests verify and pull with. Sourced by ./test; Go builds them once, which takes minutes.

clients=( # PROGRAM=PACKAGE@VERSION
    cosign=github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3
)
clients_install() { # FOLDER: those that are not in it yet, each with a note of its version
    local client program
    mkdir -p "$1"
    for client in "${clients[@]}"; do
        program=${client%%=*}
        if [[ ! -x $1/$program || $(cat "$1/$program.version" 2>/dev/null) != "${client#*=}" ]]; then
            echo "building $program, once" >&2
            CGO_ENABLED=0 GOBIN=$1 go install -trimpath -ldflags='-s -w' "${client#*=}"
            printf '%s\n' "${client#*=}" >"$1/$program.version"
        fi
    done
}

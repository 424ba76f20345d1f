# Clients of registries for tests, whose versions go.sum pins. Sourced by ./test, in the checkout's folder.
#   clients_make     compiles them, once, and puts them onto the PATH
clients_parts=$PWD/localstack-tests/src/test/go
clients_cache=${XDG_CACHE_HOME:-$HOME/.cache}/image-service/clients

clients_make() {
    clients_of clients github.com/google/go-containerregistry/cmd/crane oras.land/oras/cmd/oras \
        github.com/opencontainers/distribution-spec/conformance ./containerd-pull
}

# Programs of one Go module, in a folder whose name changes with them.
clients_of() { # MODULE PACKAGE...
    local module=$clients_parts/$1 folder
    folder=$clients_cache/$1-$({ find "$module" "$clients_parts/toolchain" -type f | LC_ALL=C sort | xargs cat; echo "$@"; } | sha256sum | cut -c 1-12)
    mkdir -p "$clients_cache"
    (
        flock 9
        [[ ! -e $folder/complete ]] || exit 0
        echo "clients: compiling ${*:2} into $folder" >&2
        clients_go "$module"
        cd "$module"
        [[ $clients_go == go ]] || unset GOROOT # which is the other's
        GOTOOLCHAIN=local GOFLAGS=-mod=readonly "$clients_go" build -trimpath -buildvcs=false -o "$folder/" "${@:2}"
        touch "$folder/complete"
    ) 9>"$clients_cache/lock"
    export PATH=$folder:$PATH
}

# Sets clients_go to a Go as new as a module needs: this machine's, or one from the module proxy, which go.sum pins too.
# An older Go gets that one, but neither makes its programs executable nor renames what a module's archive cannot hold.
clients_go() { # MODULE
    local needed found version folder
    needed=$(sed -n 's/^go //p' "$1/go.mod")
    found=$(cd / && GOTOOLCHAIN=local go version | sed -n 's/^go version go\([0-9.]*\).*/\1/p')
    clients_go=go
    [[ $(printf '%s\n' "$needed" "$found" | sort -V | tail -n 1) != "$found" ]] || return 0
    version=$(sed -n 's/^require golang.org\/toolchain \(.*\)\.linux-amd64$/\1/p' "$clients_parts/toolchain/go.mod")
    version=$version.$(cd / && go env GOOS)-$(cd / && go env GOARCH)
    folder=$clients_cache/modules/golang.org/toolchain@$version
    clients_go=$folder/bin/go
    [[ ! -x $clients_go ]] || return 0
    echo "clients: Go $found is older than $needed, getting $version" >&2
    (cd "$clients_parts/toolchain" && GOMODCACHE=$clients_cache/modules GOFLAGS=-modcacherw go mod download "golang.org/toolchain@$version")
    find "$folder" -name _go.mod -execdir mv {} go.mod \;
    chmod +x "$folder"/pkg/tool/*/* "$folder"/bin/* # bin last: who finds its program executable finds all of it
}

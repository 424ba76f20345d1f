# LocalStack for tests: how it is made, how it is packed as an image, and the engine that runs the image. Sourced by
# ./test and scripts/localstack-test, in the checkout's folder; JAVA_HOME is set before it is used.
#   localstack_make       its folder, from PyPI and Maven, into $localstack_work
#   localstack_pack       that folder and what runs it as an image, into a store of its own, $localstack_store
#   localstack_engine     Podman with that image, below a folder, for Testcontainers; localstack_engine_end undoes it
#   localstack_judge      fails where no test named *IT ran since a file was made, one was skipped, or not all ran that are
localstack_parts=$PWD/localstack-tests/localstack
localstack_cache=${XDG_CACHE_HOME:-$HOME/.cache}/image-service/localstack
localstack_image=localhost/localstack-core:4.14.0 # not the vendor's own, and never pushed: DynamoDB Local is in it
localstack_suite=trixie                           # of Debian, whose Python is 3.13

localstack_say() { echo "localstack: $*" >&2; }
localstack_fail() { localstack_say "$*"; exit 1; }

localstack_find_python() { # packages are compiled for 3.13
    local candidate
    for candidate in "${PYTHON:-}" python3.13 python3 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python; do
        if [[ -n $candidate ]] && "$candidate" -c 'import sys, ensurepip; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then
            "$candidate" -c 'import os, sys; print(os.path.realpath(sys.executable))'
            return
        fi
    done
    localstack_fail "needs Python 3.13 with venv and found none: apt-get install python3-venv (Debian 13), or pyenv install 3.13;" \
        "PYTHON=/path/to/python3.13 names one"
}

# The name of what files and words make: another where one of them is another.
localstack_hash() { # FILE-OR-FOLDER... -- WORD...
    local files=()
    while [[ $1 != -- ]]; do files+=("$1"); shift; done
    { find "${files[@]}" -name __pycache__ -prune -o -type f -print0 | sort -z | xargs -0 cat; echo "$@"; } | sha256sum | cut -c 1-12
}

# Runs a function that makes a folder: not where it is there already, and alone.
localstack_once() { # FOLDER FUNCTION
    mkdir -p "$localstack_cache"
    (
        flock 9
        [[ ! -e $1/complete ]] || exit 0
        localstack_delete "$1"
        mkdir "$1"
        "$2" "$1"
        touch "$1/complete"
    ) 9>"$localstack_cache/lock"
}

localstack_delete() { # FOLDER: also of a run that was killed, with file systems mounted below it
    awk -v folder="$1/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r umount -l
    rm -rf --one-file-system "$1"
}

localstack_make() {
    localstack_python=$(localstack_find_python)
    localstack_work=$localstack_cache/$(localstack_hash "$localstack_parts"/{constraints.txt,DynamoDbOnLoopback.java,dynamodb,ric} \
        -- "$(declare -f localstack_install localstack_jars; "$localstack_python" -VV) $localstack_python $JAVA_HOME")
    localstack_once "$localstack_work" localstack_install
}
localstack_install() { # FOLDER
    local root=$1/root/usr/lib/localstack dynamo packages
    localstack_say "installing it into $1"
    "$localstack_python" -m venv "$1/venv"
    "$1/venv/bin/pip" install -q --disable-pip-version-check -c "$localstack_parts/constraints.txt" 'localstack-core[runtime]' service_identity &
    packages=$!
    dynamo=$root/dynamodb-local/2
    mkdir -p "$dynamo/DynamoDBLocal_lib" "$root/java" "$1/classes"
    localstack_jars dynamodb "$dynamo/DynamoDBLocal_lib"
    localstack_jars ric "$1/ric"
    "$JAVA_HOME/bin/javac" -cp "$dynamo/DynamoDBLocal_lib/*" -d "$1/classes" "$localstack_parts/DynamoDbOnLoopback.java"
    {
        printf 'Main-Class: DynamoDbOnLoopback\nPremain-Class: DynamoDbOnLoopback\nClass-Path:'
        (cd "$dynamo" && printf ' %s\n ' DynamoDBLocal_lib/*.jar)
        echo
    } >"$1/manifest"
    "$JAVA_HOME/bin/jar" cfm "$dynamo/DynamoDBLocal.jar" "$1/manifest" -C "$1/classes" .
    cp "$dynamo/DynamoDBLocal.jar" "$dynamo/ddb-local-loader-0.1.jar"
    ln -sfn "$JAVA_HOME" "$root/java/21"
    wait "$packages"
}
localstack_jars() { # PART FOLDER: what a part of LocalStack needs from Maven
    ./mvnw -q -B -f "$localstack_parts/$1/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$2"
}

localstack_pack() { # after localstack_make
    localstack_store=$localstack_cache/image-$(localstack_hash "$localstack_parts"/{executor,start} -- "$(declare -f localstack_build) ${localstack_work##*/} $localstack_suite")
    localstack_once "$localstack_store" localstack_build
}
localstack_build() { # FOLDER
    local container root python=/opt/localstack/venv/lib/python3.13
    localstack_say "packing it as $localstack_image into $1"
    localstack_settings "$1" "$1/graph"
    container=$(localstack_in "$1" buildah from scratch)
    root=$(localstack_in "$1" buildah mount "$container")
    mmdebstrap --quiet --variant=minbase --include=python3,procps "$localstack_suite" "$root" ${DEB_MIRROR:+"$DEB_MIRROR"}
    rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/*
    mkdir -p "$root/opt/localstack" "$root$python"
    cp -a "$localstack_work/ric" "$localstack_work/root" "$localstack_parts/executor" "$root/opt/localstack/"
    cp -a "$localstack_work/venv/lib/python3.13/site-packages" "$root$python/"
    rm "$root/opt/localstack/root/usr/lib/localstack/java/21"
    "$JAVA_HOME/bin/jlink" --output "$root/opt/localstack/root/usr/lib/localstack/java/21" --no-man-pages --no-header-files \
        --add-modules java.se,jdk.crypto.ec,jdk.jfr,jdk.unsupported
    install -D "$localstack_parts/start" "$root/usr/local/bin/docker-entrypoint.sh"
    localstack_in "$1" buildah config --env LOCALSTACK_FOLDER=/opt/localstack --entrypoint '["docker-entrypoint.sh"]' "$container"
    localstack_in "$1" buildah commit -q --signature-policy "$1/policy.json" "$container" "$localstack_image" >/dev/null
    localstack_in "$1" buildah rm "$container" >/dev/null
}

# What Podman and Buildah keep, all of it below a folder; limits are low enough for a machine that may not raise its own.
localstack_settings() { # FOLDER GRAPH [STORE-TO-READ]
    cat >"$1/containers.conf" <<-END
		[containers]
		default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
		[network]
		network_config_dir = "$1/networks"
		[engine]
		runtime = "runc"
		cgroup_manager = "cgroupfs"
		events_logger = "file"
		lock_type = "file"
		tmp_dir = "$1/tmp"
		static_dir = "$1/static"
		volume_path = "$1/volumes"
	END
    cat >"$1/storage.conf" <<-END
		[storage]
		driver = "overlay"
		graphroot = "$2"
		runroot = "$1/run"
		[storage.options]
		additionalimagestores = [${3:+"\"$3\""}]
	END
    echo '{"default":[{"type":"insecureAcceptAnything"}]}' >"$1/policy.json"
}
localstack_in() { # FOLDER PROGRAM...: Podman or Buildah with what they keep there
    CONTAINERS_CONF=$1/containers.conf CONTAINERS_STORAGE_CONF=$1/storage.conf "${@:2}"
}

# Containers share this machine's network, so that there is no bridge, rule or route to undo. Ryuk, whose image is not
# here, would end them after a test that is killed; localstack_engine_end does.
localstack_engine() { # FOLDER
    mkdir "$1"
    localstack_folder=$1
    localstack_settings "$1" "$1/graph" "$localstack_store/graph"
    (exec env CONTAINERS_CONF="$1/containers.conf" CONTAINERS_STORAGE_CONF="$1/storage.conf" \
        podman system service --time=0 "unix://$1/socket" >"$1/log" 2>&1) & # itself what is ended, not a shell around it
    localstack_service=$!
    until [[ -S $1/socket ]]; do
        kill -0 "$localstack_service" 2>/dev/null || { cat "$1/log" >&2; localstack_fail "Podman's socket is not there, see above"; }
        sleep 0.1
    done
    export DOCKER_HOST=unix://$1/socket TESTCONTAINERS_DOCKER_SOCKET_OVERRIDE=$1/socket
    export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
}
localstack_engine_end() {
    [[ -n ${localstack_service:-} ]] || return 0
    localstack_in "$localstack_folder" podman rm --all --force --time 0 >/dev/null 2>&1 || true
    kill "$localstack_service" 2>/dev/null && wait "$localstack_service" 2>/dev/null || true
    localstack_service=''
    localstack_delete "$localstack_folder"
}

localstack_judge() { # FILE [all]: as old as the run, which was one of all modules
    local reports classes
    mapfile -t reports < <(find ./*/target/surefire-reports -name 'TEST-*IT.xml' -newer "$1")
    mapfile -t classes < <(find ./*/src/test/java -name '*IT.java')
    ((${#reports[@]})) || localstack_fail "no test ran"
    [[ ${2:-} != all || ${#reports[@]} == "${#classes[@]}" ]] || localstack_fail "${#reports[@]} of ${#classes[@]} classes of tests ran"
    ! grep -l '<skipped' "${reports[@]}" >&2 || localstack_fail "tests were skipped, see above"
    localstack_say "$(cat "${reports[@]}" | grep -o '<testcase ' | wc -l) tests ran, none was skipped"
}

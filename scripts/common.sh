# Functions shared by ./verify and ./quickstart. Plain POSIX shell; sourced, never run.
# Everything long goes to a file under build/, with one line on the terminal while it lasts.

mkdir -p build
started=${started:-$(date +%s)}
export started

say() {
    printf '[%4ds] %s\n' "$(($(date +%s) - started))" "$*"
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# May this user install packages here?
can_install() {
    [ "$(uname -s)" = Linux ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

apt_updated=no

# apt_install LABEL PACKAGE... : quiet, without services being started by their packages.
apt_install() {
    label=$1
    shift
    say "installing $label ($*); output in build/apt.log"
    policy=
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        policy=/usr/sbin/policy-rc.d
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    {
        if [ "$apt_updated" = no ]; then
            apt-get -o DPkg::Lock::Timeout=300 update || true
        fi
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
    } </dev/null >>build/apt.log 2>&1
    status=$?
    apt_updated=yes
    if [ -n "$policy" ]; then
        rm -f "$policy"
    fi
    return "$status"
}

java_major() {
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

is_jdk17() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    major=$(java_major "$1")
    [ "${major:-0}" -ge 17 ]
}

# The quickstart makes a small Java runtime with jlink, which needs jmods or a JDK that links from its own image.
can_link() {
    [ -x "$1/bin/jlink" ] || return 1
    [ -f "$1/jmods/java.base.jmod" ] || "$1/bin/jlink" --help 2>/dev/null | grep -qi 'run-time image enabled'
}

jdk_candidates() {
    if [ -n "${JAVA_HOME:-}" ]; then
        printf '%s\n' "$JAVA_HOME"
    fi
    on_path=$(command -v javac 2>/dev/null) && dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")")"
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v 17+ 2>/dev/null || true
    fi
    for candidate in /usr/lib/jvm/* /opt/java/* "${HOME:-/root}"/.sdkman/candidates/java/*; do
        printf '%s\n' "$candidate"
    done
}

# Sets JAVA_HOME to the first JDK 17+ that can link, else to the first JDK 17+.
choose_jdk() {
    any_jdk=
    linking_jdk=
    candidates=$(jdk_candidates)
    while IFS= read -r candidate; do
        if is_jdk17 "$candidate"; then
            any_jdk=${any_jdk:-$candidate}
            if can_link "$candidate"; then
                linking_jdk=$candidate
                break
            fi
        fi
    done <<EOF
$candidates
EOF
    JAVA_HOME=${linking_jdk:-$any_jdk}
    [ -n "$linking_jdk" ]
}

need_jdk() {
    if ! choose_jdk && can_install; then
        for package in openjdk-17-jdk-headless openjdk-21-jdk-headless default-jdk-headless; do
            apt_install "a JDK" "$package" && break
        done
        choose_jdk || true
    fi
    [ -n "$JAVA_HOME" ] || fail "no JDK 17 or newer was found: install one (for example from https://adoptium.net) and set JAVA_HOME."
    export JAVA_HOME
    PATH=$JAVA_HOME/bin:$PATH
    export PATH
    say "JDK $(java_major "$JAVA_HOME") in $JAVA_HOME"
}

# engine_version: prints the API version of the Docker engine that DOCKER_HOST or the default socket names.
engine_version() {
    host=${DOCKER_HOST:-unix:///var/run/docker.sock}
    if command -v docker >/dev/null 2>&1; then
        limited 20 docker version --format '{{.Server.APIVersion}}' 2>/dev/null
        return
    fi
    case $host in
        unix://*) limited 20 curl -sf --unix-socket "${host#unix://}" http://localhost/version ;;
        tcp://*) limited 20 curl -sf "http://${host#tcp://}/version" ;;
    esac 2>/dev/null | sed -n 's/.*"ApiVersion":"\([^"]*\)".*/\1/p'
}

# limited SECONDS COMMAND... : with a time limit where the system has the command for it.
limited() {
    seconds=$1
    shift
    if command -v timeout >/dev/null 2>&1; then
        timeout "$seconds" "$@"
    else
        "$@"
    fi
}

engine_answers() {
    engine_api=$(engine_version) && [ -n "$engine_api" ]
}

start_engine() {
    if [ -d /run/systemd/system ] && command -v systemctl >/dev/null 2>&1; then
        say "starting the Docker service"
        systemctl start docker >>build/apt.log 2>&1 && return 0
    fi
    engine_log=/var/log/portolan-dockerd.log
    say "starting dockerd; output in $engine_log"
    setsid nohup dockerd >"$engine_log" 2>&1 </dev/null &
}

await_engine() {
    waited=0
    while ! engine_answers; do
        waited=$((waited + 1))
        if [ "$waited" -gt 60 ]; then
            return 1
        fi
        if [ $((waited % 10)) = 0 ]; then
            say "waiting for the Docker engine to answer"
        fi
        sleep 1
    done
}

need_engine() {
    if ! engine_answers; then
        if [ -z "${DOCKER_HOST:-}" ] && can_install; then
            if ! command -v dockerd >/dev/null 2>&1; then
                packages=docker.io
                # Newer releases have the docker command in a package of its own.
                if apt-cache policy docker-cli 2>/dev/null | grep -q 'Candidate: [0-9]'; then
                    packages="docker.io docker-cli"
                fi
                # shellcheck disable=SC2086 # a list of packages
                apt_install "a Docker engine" $packages || fail "the Docker engine could not be installed; see build/apt.log."
            fi
            start_engine
            await_engine || fail "dockerd was started but does not answer; see ${engine_log:-journalctl -u docker}."
        else
            fail "no Docker engine answers${DOCKER_HOST:+ at DOCKER_HOST=$DOCKER_HOST}: install and start Docker Engine (https://docs.docker.com/engine/install/) or Docker Desktop, make sure that this user may use it (docker version), and run this again."
        fi
    fi
    say "Docker engine answers, API $engine_api"
}

# need_tool COMMAND PACKAGE WHY : installs what is missing where it may, else says what will not work.
need_tool() {
    if command -v "$1" >/dev/null 2>&1; then
        return 0
    fi
    if can_install && apt_install "$1" "$2"; then
        return 0
    fi
    say "note: $1 is missing (Debian package $2): $3"
}

# A static busybox is put into images that are made on this machine, where a dynamic one would find no libraries.
need_busybox() {
    box=$(command -v busybox 2>/dev/null) || box=
    if [ -n "$box" ] && ! ldd "$box" 2>/dev/null | grep -q 'libc\.'; then
        return 0
    fi
    if can_install && apt_install busybox busybox-static; then
        return 0
    fi
    say "note: a static busybox is missing (Debian package busybox-static): images cannot be made without a registry"
}

# maven LOG ARGUMENT... : runs the build with all output in LOG and the main lines on the terminal.
maven() {
    log=$1
    shift
    rm -f "$log.status"
    {
        status=0
        ./mvnw -B "$@" </dev/null 2>&1 || status=$?
        printf '%s\n' "$status" >"$log.status"
    } | show_progress "$log"
    status=$(cat "$log.status")
    rm -f "$log.status"
    return "$status"
}

show_progress() {
    : >"$1"
    downloads=0
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$1"
        case $line in
            *'Downloaded from '*)
                downloads=$((downloads + 1))
                if [ $((downloads % 100)) = 0 ]; then
                    say "  $downloads files downloaded"
                fi
                ;;
            '[INFO] Building '*'['*) say "  building $(printf '%s' "${line#'[INFO] Building '}" | tr -s ' ')" ;;
            '[INFO] Running '*) say "    testing ${line#'[INFO] Running '}" ;;
            '[ERROR] Tests run:'*'<<<'*) printf '%s\n' "$line" ;;
        esac
    done
}

# show_errors LOG : the lines of a failed build that say why.
show_errors() {
    grep -E '^\[(ERROR|WARNING)\] (/|Tests|Failed|Rule|  )|<<< (FAILURE|ERROR)!' "$1" | awk '!seen[$0]++' | head -60 >&2
}

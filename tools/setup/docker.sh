# shellcheck shell=bash
# Step: a Docker engine that answers, as manager of a swarm. Only the dev stack needs one. An engine that runs is used as it
# is; where there is none, Debian and Ubuntu get theirs from their own packages. Sourced by setup.sh.

setup_docker() { # STACK
    local problem
    if [ "$1" != dev ]; then return; fi
    if ! engine_answers; then
        problem=$(engine_stuck)
        [ -z "$problem" ] || die "$problem"
        if ! have dockerd; then install_engine; fi
        start_engine
    fi
    join_swarm "$1"
}

engine_answers() { have docker && docker version >/dev/null 2>&1; }

# Why there will be no engine here; nothing where setup can bring one.
engine_stuck() {
    local said
    said=$(docker version 2>&1 >/dev/null) || true
    if [ -n "${DOCKER_HOST:-}" ]; then
        echo "the Docker engine at DOCKER_HOST=$DOCKER_HOST does not answer. Start it, or unset DOCKER_HOST."
    elif [[ $said == *"permission denied"* ]]; then
        echo "there is a Docker engine, but not for this user. Run: sudo usermod -aG docker $(id -un), then log in again."
    elif [ "$(id -u)" != 0 ]; then
        echo "no Docker engine runs here, and only root may start one. Start it: $(engine_command)"
    elif ! have dockerd && ! have apt-get; then
        echo "there is no Docker engine here. Install it: https://docs.docker.com/engine/install/"
    fi
}

engine_command() {
    if have systemctl && have dockerd; then
        echo "sudo systemctl start docker"
    elif have apt-get; then
        echo "sudo apt-get install docker.io debootstrap debian-archive-keyring iptables, or Docker's own packages (https://docs.docker.com/engine/install/)"
    else
        echo "see https://docs.docker.com/engine/install/"
    fi
}

install_engine() {
    say "Docker: no engine runs here; installing the system's own (docker.io) and starting it"
    progress "Docker: installing docker.io, debootstrap and iptables" "$cache/log/docker-install.log" \
        apt_install docker.io debootstrap debian-archive-keyring iptables || exit 1
}

start_engine() {
    local log=$cache/log/dockerd.log
    mkdir -p "$cache/log"
    if [ -d /run/systemd/system ] && have systemctl; then
        progress "Docker: starting the engine" "$log" systemctl start docker || exit 1
    else
        # No init system that would keep it: it outlives this shell, and ends with the machine.
        setsid dockerd </dev/null >"$log" 2>&1 9>&- &
        progress "Docker: starting the engine (its log: $log)" "$cache/log/docker-start.log" wait_for_engine ||
            die "the Docker engine did not start. Its log: $log"
    fi
}

wait_for_engine() {
    for _ in $(seq 120); do
        if engine_answers; then return; fi
        sleep 0.5
    done
    return 1
}

join_swarm() { # STACK
    local address
    case "$(swarm_state)" in
    "active true") ;;
    "inactive "*)
        address=$(sed -n 's/^ *london-power:advertiseAddress: *//p' "$root/Pulumi.$1.yaml")
        address=${address:-127.0.0.1}
        say "Docker: making this engine the manager of a new swarm, at $address"
        # The address is also where it listens: a swarm of one node need not be reached from elsewhere.
        docker swarm init --advertise-addr "$address" --listen-addr "$address:2377" >/dev/null || exit 1
        ;;
    *) die "$(swarm_problem)" ;;
    esac
}

swarm_state() { docker info --format '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}' 2>/dev/null; }

# Why this engine's swarm will not do; nothing where it will, or where setup can make one.
swarm_problem() {
    case "$(swarm_state)" in
    "active true" | "inactive "*) ;;
    "active false") echo "this node is a worker of a swarm, and services are made on a manager. Promote it there \
(docker node promote $(hostname)), or name a manager: export DOCKER_HOST=ssh://user@manager" ;;
    locked*) echo "the swarm is locked. Unlock it: docker swarm unlock" ;;
    *) echo "the engine's swarm is in the state '$(swarm_state)'. Look at it: docker info; leave it: docker swarm leave --force" ;;
    esac
}

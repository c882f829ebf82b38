#!/usr/bin/env bash
# Sourced: buildah and podman with storage of their own, on a machine that nobody has set up for containers.
# crun, the default runtime, refuses mixed cgroup versions; the vfs driver, the default without FUSE, copies every layer.
CONTAINER_STORE=${AC_CONTAINER_STORE:-/var/tmp/ac-service-containers}
CONTAINER_STORAGE=(--storage-driver=overlay --root "$CONTAINER_STORE/store" --runroot "$CONTAINER_STORE/run")
export CONTAINERS_CONF=$PWD/infra/docker/containers.conf

# At any other level, each call warns of the systemd that is not there.
container_podman() {
  podman --log-level error --runtime /usr/sbin/runc "${CONTAINER_STORAGE[@]}" "$@"
}

container_buildah() {
  buildah "${CONTAINER_STORAGE[@]}" "$@"
}

docker_answers() {
  command -v docker >/dev/null && timeout 10 docker info >/dev/null 2>&1
}

#!/usr/bin/env bash
# Docker's command line: by Docker where it answers, else by podman made to behave alike.
#
# usage: container.sh run|exec|inspect|... ARGUMENTS
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/docker/container-tools.sh
source infra/docker/container-tools.sh

if docker_answers; then exec docker "$@"; fi
# podman gives a read-only container a writable /tmp, /run and /var/tmp unless told; Docker does not.
if [ "$1" = run ]; then set -- run --read-only-tmpfs=false "${@:2}"; fi
container_podman "$@"

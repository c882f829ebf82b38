#!/usr/bin/env bash
# Builds the image of the Dockerfile: with Docker on the real bases where Docker answers, else with buildah on stand-ins.
#
# usage: build-image.sh TAG
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/docker/container-tools.sh
source infra/docker/container-tools.sh

tag=$1
version=$(sed -n 's/^  "version": "\([^"]*\)".*/\1/p' package.json)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)

if docker_answers; then
  exec docker build --build-arg VERSION="$version" --build-arg REVISION="$revision" --tag "$tag" .
fi

bases=$(infra/docker/standin-bases.sh)
eval "$bases"
ca=/etc/ssl/certs/ca-certificates.crt
# --timestamp makes a rebuild bit-identical. The registry may be behind an authority that only this machine trusts: its
# certificates are lent to the RUN steps and stay out of every layer.
container_buildah build --isolation chroot --layers --format oci --timestamp 0 --network host --pull-never \
  --volume "$ca:$ca:ro" \
  --build-arg NODE_BUILD_IMAGE="$NODE_BUILD_IMAGE" --build-arg NODE_RUNTIME_IMAGE="$NODE_RUNTIME_IMAGE" \
  --build-arg VERSION="$version" --build-arg REVISION="$revision" --tag "$tag" .

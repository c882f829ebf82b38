#!/usr/bin/env bash
# Makes stand-ins for the two base images of the Dockerfile, out of Debian's packages and the Node of node_modules, for
# a machine that reaches no image registry. They have what the real ones have as far as this image depends on it: the
# runtime one is Debian 12 without shell and package manager, Node as its entry point, and the user 65532.
#
# usage: standin-bases.sh   (as root; made once, then found again)
# Prints NODE_BUILD_IMAGE=... and NODE_RUNTIME_IMAGE=... on standard output, ready for eval.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=infra/docker/container-tools.sh
source infra/docker/container-tools.sh

SUITE=bookworm
NPM_VERSION=11.19.1
NODE_PACKAGE=node_modules/node-linux-$(dpkg --print-architecture | sed 's/amd64/x64/')
NODE_VERSION=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' "$NODE_PACKAGE/package.json")
BUILD_IMAGE=localhost/standin/node:$NODE_VERSION-$SUITE-npm$NPM_VERSION
RUNTIME_IMAGE=localhost/standin/distroless-nodejs:$NODE_VERSION-$SUITE-nonroot

work=$(mktemp -d /var/tmp/standin-bases.XXXXXX)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

# Debian's own shell tools, and Node with npm below /usr/local: what node:24-bookworm-slim is.
make_build_image() {
  local root=$work/build
  debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$root" >"$work/debootstrap.log" ||
    { tail -20 "$work/debootstrap.log" >&2; return 1; }
  mkdir -p "$root/usr/local/bin" "$root/usr/local/lib/node_modules"
  cp -L "$NODE_PACKAGE/bin/node" "$root/usr/local/bin/node"
  # npm brings all its dependencies in its own package.
  npm pack --silent --pack-destination "$work" "npm@$NPM_VERSION" >/dev/null
  tar -xzf "$work/npm-$NPM_VERSION.tgz" -C "$root/usr/local/lib/node_modules" --no-same-owner
  mv "$root/usr/local/lib/node_modules/package" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" --numeric-owner -cf - . | container_podman import \
    --change 'CMD ["node"]' \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change "ENV NODE_VERSION=$NODE_VERSION" \
    --change 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' \
    - "$BUILD_IMAGE" >/dev/null
}

# Libraries and data, no program but Node: what gcr.io/distroless/nodejs24-debian12:nonroot is.
make_runtime_image() {
  local root=$work/runtime debs=$work/debs deb
  mkdir -p "$root" "$debs"
  chmod 755 "$debs"
  (cd "$debs" && apt-get -qq -o APT::Sandbox::User=root download base-files netbase tzdata libc6 libgcc-s1 libstdc++6 gcc-12-base libssl3 \
    ca-certificates media-types)
  mkdir -p "$root/var/lib/dpkg/status.d"
  for deb in "$debs"/*.deb; do
    dpkg-deb -x "$deb" "$root"
    # Where scanners look in an image without a package manager.
    dpkg-deb -f "$deb" >"$root/var/lib/dpkg/status.d/$(dpkg-deb -f "$deb" Package)"
  done
  # The bundle is made by the package's own script, which nothing runs here.
  mkdir -p "$root/etc/ssl/certs"
  find "$root/usr/share/ca-certificates" -name '*.crt' -print0 | sort -z | xargs -0 cat >"$root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "${root:?}"/{usr/sbin,sbin,usr/bin,bin} "$root"/usr/share/{doc,man,locale,lintian,bug,ca-certificates} \
    "$root"/etc/{update-motd.d,cron.d,cron.daily,ca-certificates}
  printf '%s\n' root:x:0:0:root:/root:/sbin/nologin nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin \
    nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin >"$root/etc/passwd"
  printf '%s\n' root:x:0: nobody:x:65534: tty:x:5: staff:x:50: nonroot:x:65532: >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  mkdir -p "$root"/{home/nonroot,tmp,root,proc,sys,dev,run,var/tmp,nodejs/bin}
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root" "$root/home/nonroot"
  cp -L "$NODE_PACKAGE/bin/node" "$root/nodejs/bin/node"
  chown -R 0:0 "$root"
  chown 65532:65532 "$root/home/nonroot"
  tar -C "$root" --numeric-owner -cf - . | container_podman import \
    --change 'USER 65532' \
    --change 'WORKDIR /home/nonroot' \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt' \
    --change 'ENTRYPOINT ["/nodejs/bin/node"]' \
    - "$RUNTIME_IMAGE" >/dev/null
}

container_podman image exists "$BUILD_IMAGE" || make_build_image
container_podman image exists "$RUNTIME_IMAGE" || make_runtime_image
echo "NODE_BUILD_IMAGE=$BUILD_IMAGE"
echo "NODE_RUNTIME_IMAGE=$RUNTIME_IMAGE"

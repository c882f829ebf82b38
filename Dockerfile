# The image of ac-service, acctl and rotate-keys: nothing in it but Node and what the three programs load.
#
# Each base image is a build argument, so that a release is built on exactly the bytes that were tested:
#   --build-arg NODE_BUILD_IMAGE=docker.io/library/node:24-bookworm-slim@sha256:<digest>
#   --build-arg NODE_RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot@sha256:<digest>
# The defaults carry no digest: none could be looked up where this file was written, and an invented one would be worse.
# `docker buildx imagetools inspect IMAGE` tells the current one; docs/decisions/0012 says who pins it, and when.
ARG NODE_BUILD_IMAGE=docker.io/library/node:24-bookworm-slim
ARG NODE_RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# Only what npm reads: the two layers of dependencies outlive every change of the sources.
FROM ${NODE_BUILD_IMAGE} AS manifests
WORKDIR /src
COPY . .
RUN mkdir /manifests \
 && cp --parents package.json package-lock.json .npmrc apps/*/package.json libs/*/*/package.json infra/*/package.json /manifests

# No install script runs in either: nothing that ends up in the image has one.
FROM ${NODE_BUILD_IMAGE} AS build
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts
COPY nx.json tsconfig.base.json LICENSE ./
COPY apps ./apps
COPY libs ./libs
RUN npx --no-install nx run-many -t build -p @ac/ac-service,@ac/acctl,@ac/rotate-keys --outputStyle=static \
 && mkdir /out \
 && cp --recursive --parents apps/*/dist apps/*/package.json libs/*/*/dist libs/*/*/package.json LICENSE /out \
 && rm -r /out/libs/adapters/embedded-postgres \
 && find /out -name '*.d.ts' -delete -o -name '*.map' -delete -o -name '*.tsbuildinfo' -delete

# Peers are left out: those that are loaded are dependencies of ours as well, the others are compilers.
FROM ${NODE_BUILD_IMAGE} AS dependencies
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --ignore-scripts --omit=dev --omit=optional --omit=peer \
    --workspace apps/ac-service --workspace apps/acctl --workspace apps/rotate-keys
COPY infra/docker/prune-modules.mjs /
# What only developers use is a member of the workspace that npm links all the same.
RUN rm -r libs/adapters/embedded-postgres infra \
 && node /prune-modules.mjs . \
 && mkdir /out \
 && find . -name node_modules -prune -exec cp -a --parents '{}' /out ';'

FROM ${NODE_RUNTIME_IMAGE}
# The compile cache would be written below /tmp. Without it nothing is ever written, and the root can be read-only.
ENV NODE_ENV=production NODE_DISABLE_COMPILE_CACHE=1
WORKDIR /app
COPY --from=dependencies /out ./
COPY --from=build /out ./
USER 65532:65532
EXPOSE 8082 9090
STOPSIGNAL SIGTERM
# Node is the entry point of the base. Arguments choose the program: `apps/acctl/dist/main.js migrate` is acctl.
CMD ["apps/ac-service/dist/main.js"]
# Last, since they differ from build to build.
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ac-service" \
      org.opencontainers.image.description="OAuth 2.0 authorization server for the services of a cloud platform" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

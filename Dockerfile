# Node 24 on Debian 12; the digests that a release is built on are pinned by its build arguments.
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot

# Only what npm reads, so that the install layers outlive every change of the sources.
FROM ${BUILD_IMAGE} AS manifests
WORKDIR /src
COPY . .
RUN mkdir /manifests \
 && cp --parents package.json package-lock.json .npmrc apps/*/package.json libs/*/*/package.json infra/*/package.json /manifests

FROM ${BUILD_IMAGE} AS build
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci
COPY . .
RUN npx --no-install nx run-many -t build -p @ac/ac-service,@ac/acctl --outputStyle=static \
 && mkdir /out && cp -r --parents apps/*/dist libs/*/*/dist /out

FROM ${BUILD_IMAGE} AS dependencies
WORKDIR /app
COPY --from=manifests /manifests ./
RUN npm ci --omit=dev --omit=optional --workspace apps/ac-service --workspace apps/acctl

FROM ${RUNTIME_IMAGE}
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /out ./
USER 65532:65532
EXPOSE 8082 9090
CMD ["apps/ac-service/dist/main.js"]

# The command line in a container; docs/container.md shows how it is built and run.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
# Functions and types are for apps of the CDK.
RUN npm run build && rm -r dist/functions dist/types dist/cdk.cjs
RUN npm ci --ignore-scripts --omit=dev

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="Logtally" \
      org.opencontainers.image.description="Turns the access logs you already have into reports" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /opt/logtally
COPY package.json LICENSE NOTICE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
WORKDIR /out
# Like /tmp, so that it can be written by the user of --user, too.
RUN chmod 1777 .
USER 1000:1000
ENTRYPOINT ["node", "/opt/logtally/dist/logtally.js"]
CMD ["--help"]

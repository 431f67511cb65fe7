# The base names its Node major and Debian release. To rebuild bit for bit, pass the digest that was used before:
#   --build-arg NODE_IMAGE=node:22-bookworm-slim@sha256:...
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The sources are not there yet, so nothing is built here; no package needs a script of its own.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
WORKDIR /app
# Owned by root and read only to the service; /data is the one place that it writes to.
RUN mkdir /data && chown 1000:1000 /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/hooks ./hooks
COPY --from=build /app/cards ./cards
COPY --from=build /app/docker/patients ./docker/patients
COPY --from=build /app/docker/scripts ./docker/scripts
# MODE is left to who runs it: without registered clients the service starts in development mode and says so;
# MODE=production refuses to.
ENV HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
USER 1000:1000
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 CMD ["node", "docker/scripts/health.mjs"]
CMD ["node", "dist/bin/server.js"]

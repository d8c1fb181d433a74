# syntax=docker/dockerfile:1

# The compiler and its packages stay in this stage.
FROM node:26-slim AS build
WORKDIR /cordata
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY nest-cli.json .swcrc tsconfig.json ./
COPY src ./src
RUN npm run build

# Optional packages are the embedded PostgreSQL and the pinned Node: the image brings Node, and the database is
# a server of its own (DATABASE_URL).
FROM node:26-slim AS packages
WORKDIR /cordata
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production CORDATA_MODE=production
WORKDIR /cordata
COPY --from=packages /cordata/node_modules ./node_modules
COPY --from=build /cordata/dist ./dist
COPY package.json LICENSE NOTICE ./
COPY config ./config
COPY rules ./rules
COPY workflows ./workflows
USER node
EXPOSE 3000
# For the API. A worker answers no HTTP: switch the check off there, as compose.yaml does.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]

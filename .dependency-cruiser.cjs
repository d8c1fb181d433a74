/**
 * The import rules of the house (docs/architecture.md): imports go down, rooms on one floor do not know
 * each other, no circles. `test/house/imports.spec.ts` runs this file and asserts how many modules it saw.
 */
const rooms = {
  // room: the rooms it may import (besides itself)
  core: [],
  settings: [],
  catalog: ['core'],
  store: ['core'],
  queue: ['core'],
  notices: ['core'],
  postgres: [],
  engine: ['core', 'catalog', 'store'],
  relay: ['core', 'store', 'queue'],
  http: ['core', 'engine'],
  jobs: ['core', 'engine', 'notices'],
  rehearsal: ['core', 'engine'],
  app: [
    'core',
    'settings',
    'catalog',
    'store',
    'queue',
    'notices',
    'postgres',
    'engine',
    'relay',
    'http',
    'jobs',
    'rehearsal',
  ],
};

/** Packages by room; `^node:` built-ins are listed like packages. Rooms that are not listed may use none. */
const packages = {
  core: ['xstate', 'json-rules-engine', 'zod'],
  settings: ['zod', 'fs', 'process', 'path', 'url'],
  catalog: ['zod', 'fs', 'crypto', 'path', 'url'],
  store: ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/migrations', 'pg', 'timers'],
  queue: ['bullmq', 'pg', 'ioredis'],
  notices: ['nodemailer', 'i18next'],
  postgres: [
    'child_process',
    'fs',
    'path',
    'os',
    'net',
    'crypto',
    'url',
    'module',
    'process',
    'pg',
    'timers',
  ],
  engine: [],
  relay: [],
  http: [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/swagger',
    '@nestjs/platform-fastify',
    'fastify',
    'helmet',
    'zod',
    'rxjs',
    'crypto',
    'stream',
    'timers',
  ],
  jobs: ['zod'],
  rehearsal: ['zod'],
  app: [
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/swagger',
    '@nestjs/platform-fastify',
    'reflect-metadata',
    'commander',
    'fs',
    'path',
    'url',
    'crypto',
    'os',
    'process',
    'timers',
  ],
};

/** Inside core: a line may import the lines below it. */
const coreFloors = [
  ['terms'],
  ['calendar'],
  ['facts'],
  ['logic'],
  ['gates'],
  ['sync', 'machines', 'rulebooks', 'wording', 'activities', 'forecast', 'calls'],
  ['history'],
  ['proof'],
];

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const roomRules = Object.entries(rooms).map(([room, below]) => ({
  name: `room-${room}`,
  comment: `${room}/ may import only: ${below.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...below].join('|')})/` },
}));

const packageRules = Object.entries(packages).map(([room, allowed]) => ({
  name: `packages-${room}`,
  comment: `${room}/ may use only: ${allowed.join(', ') || 'no package'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: {
    dependencyTypes: [
      'npm',
      'npm-dev',
      'npm-optional',
      'npm-peer',
      'npm-no-pkg',
      'npm-unknown',
      'core',
      'unknown',
      'undetermined',
    ],
    ...(allowed.length > 0
      ? {
          pathNot: `^(node:)?(${allowed.map((name) => escape(name)).join('|')})(/|$)|^node_modules/(@types/)?(${allowed.map((name) => escape(name)).join('|')})/`,
        }
      : {}),
  },
}));

const coreRules = coreFloors.flatMap((floor, level) =>
  floor.map((room) => ({
    name: `core-${room}`,
    comment: `core/${room} may import only the floors below it`,
    severity: 'error',
    from: { path: `^src/core/${room}/` },
    to: {
      path: '^src/core/',
      pathNot: `^src/core/(${[room, ...coreFloors.slice(0, level).flat()].join('|')})/`,
    },
  })),
);

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-imports-a-front-door',
      severity: 'error',
      from: {},
      to: { path: '^src/(main|worker|cli)\\.ts$' },
    },
    { name: 'no-barrels', severity: 'error', from: {}, to: { path: '^src/.*/index\\.ts$' } },
    { name: 'no-dynamic-import', severity: 'error', from: { path: '^src/' }, to: { dynamic: true } },
    {
      name: 'no-nameless-rooms',
      severity: 'error',
      from: {},
      to: { path: '/(utils|common|shared|helpers)/', pathNot: 'node_modules' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '^src/(main|worker|cli)\\.ts$' },
      to: {},
    },
    {
      name: 'front-doors-import-app',
      severity: 'error',
      from: { path: '^src/(main|worker|cli)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/app/' },
    },
    {
      name: 'no-dev-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    ...roomRules,
    ...packageRules,
    ...coreRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};

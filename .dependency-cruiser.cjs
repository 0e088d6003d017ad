/**
 * Import directions of the house. One rule for each wall; see README, "Map of the house".
 */
const features =
  'accounts|units|banks|documents|contests|attempts|live|leaderboards|study|reports|statistics|media|print|fairness|rosters|officers|mail|push|reminders|reach|privacy';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '\\.config\\.ts$',
          '(^|/)\\.[^/]+\\.cjs$',
          '^tests/',
          '^drizzle/',
          '^client/public/',
          // Read as text by the plugin beside it.
          '^client/worker/worker\\.js$',
          '^client/ui/[a-z-]+\\.ts$',
        ],
      },
      to: {},
    },
    {
      name: 'questions-know-no-server',
      severity: 'error',
      from: { path: '^questions/' },
      to: { path: '^(server|drizzle|tests)/' },
    },
    {
      name: 'questions-see-only-ui-and-messages',
      severity: 'error',
      from: { path: '^questions/' },
      to: { path: '^client/', pathNot: '^client/(ui|messages)/' },
    },
    {
      name: 'client-takes-contracts-only',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|drizzle|tests)/', pathNot: '^server/contracts/' },
    },
    {
      name: 'only-api-reads-contracts',
      severity: 'error',
      from: { path: '^client/', pathNot: '^client/api/' },
      to: { path: '^server/' },
    },
    {
      name: 'client-never-sees-keys',
      severity: 'error',
      from: { path: '^client/' },
      to: {
        path: '^questions/(kinds/[^/]+/(key|grade)\\.ts|formulas\\.ts|kinds/gradings\\.ts|banks/|formats/|analysis/)',
      },
    },
    {
      name: 'contracts-import-nothing-of-the-server',
      severity: 'error',
      from: { path: '^server/contracts/' },
      to: { path: '^(server|client|drizzle)/', pathNot: '^server/contracts/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^server/platform/' },
      to: { path: `^server/(${features})/` },
    },
    {
      name: 'server-never-imports-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^server/[^/]+/[a-z-]*rules\\.ts$' },
      to: {
        path: '^(drizzle/|server/platform/database|server/[^/]+/(store|routes|socket)\\.ts|node_modules/(fastify|drizzle-orm|socket\\.io))',
      },
    },
    {
      name: 'doors-do-not-import-doors',
      severity: 'error',
      from: { path: '^server/[^/]+/(store|rules|presenter)\\.ts$' },
      to: { path: '^server/[^/]+/(routes|socket)\\.ts$' },
    },
    {
      name: 'only-config-starts',
      severity: 'error',
      from: { path: '^server/(platform|contracts|accounts|units|banks|contests|attempts|leaderboards)/' },
      to: { path: '^server/(main|app|cli)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data|compiled)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.svelte.ts', '.js', '.mjs', '.cjs', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
    },
  },
};

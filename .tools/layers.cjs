/** Which room may look into which; the order is that of src/README.md. */
const rooms = {
  contract: { sees: [], packages: ['zod'], pure: true },
  core: { sees: ['contract'], packages: [], pure: true },
  journal: { sees: ['contract'] },
  desk: { sees: ['core', 'journal', 'contract'] },
  files: { sees: ['core', 'contract'] },
  running: { sees: ['contract'] },
  git: { sees: ['desk', 'running', 'contract'] },
  agents: { sees: ['desk', 'files', 'core', 'contract'] },
  editor: { sees: ['desk', 'files', 'running', 'core', 'contract'] },
  panel: { sees: ['contract'], pure: true },
};

const rehearsal = '^src/agents/rehearsal/';
const guard = '^src/agents/guard/';
const profiles = '^src/agents/profiles/';
const any = (names) => `(${names.join('|')})`;

const perRoom = Object.entries(rooms).flatMap(([room, { sees, packages, pure }]) => {
  const from = { path: `^src/${room}/` };
  const rule = (name, comment, to) => ({ name: `${room}-${name}`, severity: 'error', comment, from, to });
  const rules = [
    rule('direction', `${room} sees ${sees.join(', ') || 'no other room'}.`, {
      path: '^src/',
      pathNot: `^src/${any([room, ...sees])}/`,
    }),
  ];
  if (packages !== undefined) {
    const allowed = packages.map((name) => `node_modules/${name}/`);
    rules.push(
      rule('packages', `${room} uses ${packages.join(', ') || 'no package'}.`, {
        path: 'node_modules/',
        ...(allowed.length > 0 ? { pathNot: any(allowed) } : {}),
      }),
    );
  }
  if (pure) rules.push(rule('pure', `${room} touches nothing outside.`, { dependencyTypes: ['core'] }));
  return rules;
});

module.exports = {
  forbidden: [
    ...perRoom,
    {
      name: 'vscode-in-editor-only',
      severity: 'error',
      comment: 'Only the editor, extension.ts and compose.ts know VS Code.',
      from: { path: '^src/', pathNot: '^src/(editor/|extension\\.ts$|compose\\.ts$)' },
      to: { path: '(^vscode$|@types/vscode/)' },
    },
    {
      name: 'rehearsal-stands-alone',
      severity: 'error',
      comment: 'The rehearsal worker is a program like any other agent: it uses its own files and packages.',
      from: { path: rehearsal },
      to: { path: '^src/', pathNot: rehearsal },
    },
    {
      name: 'rehearsal-is-unknown',
      severity: 'error',
      comment: 'Nothing can tell the rehearsal worker from another agent.',
      from: { path: '^src/', pathNot: rehearsal },
      to: { path: rehearsal },
    },
    {
      name: 'guard-stands-alone',
      severity: 'error',
      comment:
        'The guard is one small file that starts at once: it uses its own files, the profiles and Node alone.',
      from: { path: guard },
      to: { path: '^(src|node_modules)/', pathNot: [guard, profiles, '@types/node/'] },
    },
    {
      name: 'profiles-are-data',
      severity: 'error',
      comment: 'A profile is data: it needs nothing.',
      from: { path: profiles },
      to: { pathNot: profiles },
    },
    {
      name: 'compose-is-the-top',
      severity: 'error',
      comment: 'Only extension.ts composes.',
      from: { path: '^src/', pathNot: '^src/extension\\.ts$' },
      to: { path: '^src/(compose|extension)\\.ts$' },
    },
    {
      name: 'no-tests-in-source',
      severity: 'error',
      comment: 'What ships does not use test code.',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'Two files that need each other are one file.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-modules',
      severity: 'error',
      comment: 'Every import leads somewhere.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'test/(fixtures|(rig|agents)/node_modules|rig/sample)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};

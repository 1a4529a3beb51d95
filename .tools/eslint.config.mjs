import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const forbid = (selector, message) => ({ selector, message });

const everywhere = [forbid('ExportDefaultDeclaration', 'Export by name.')];
const registerCommand = forbid(
  'CallExpression[callee.property.name=/^register(TextEditor)?Command$/]',
  'Commands are registered in src/editor/commands.ts alone.',
);
const setContext = forbid(
  "Literal[value='setContext']",
  'Context keys are set in src/editor/contextKeys.ts alone.',
);
const impure = [
  forbid("MemberExpression[object.name='Date'][property.name='now']", 'Time comes in with the command.'),
  forbid("NewExpression[callee.name='Date'][arguments.length=0]", 'Time comes in with the command.'),
  forbid("CallExpression[callee.name='Date']", 'Time comes in with the command.'),
  forbid(
    "MemberExpression[object.name='Math'][property.name='random']",
    'Randomness comes in with the command.',
  ),
  forbid('MemberExpression[property.name=/^(randomUUID|getRandomValues)$/]', 'Ids come in with the command.'),
  forbid('ImportExpression', 'The rules load nothing.'),
];
const outside = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'process',
  'fetch',
  'crypto',
];
const childProcess = {
  regex: '^(node:)?child_process$',
  message: 'Programs are started in src/agents, src/git and src/running alone.',
};
const builtins = {
  regex: `^(node:.*|${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`,
  message: 'The rules and the words touch nothing outside.',
};

export const config = tseslint.config(
  { ignores: ['**/node_modules/', 'test/fixtures/', 'test/rig/sample/', 'media/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_$' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': ['error', ...everywhere],
      eqeqeq: 'error',
      'no-control-regex': 'error',
      'no-self-compare': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'max-lines': ['error', { max: 400 }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...everywhere, registerCommand, setContext],
      'no-restricted-imports': ['error', { patterns: [childProcess] }],
    },
  },
  {
    files: ['src/agents/**/*.ts', 'src/git/**/*.ts', 'src/running/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/agents/rehearsal/**/*.ts', 'src/agents/guard/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // Agents fill in what they find in their environment themselves.
    files: ['src/agents/profiles/**/*.ts', 'test/unit/agents/connect/**/*.ts', 'test/agents/**/*.ts'],
    rules: { 'no-template-curly-in-string': 'off' },
  },
  {
    files: ['src/editor/commands.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, setContext] },
  },
  {
    files: ['src/editor/contextKeys.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, registerCommand] },
  },
  {
    files: ['src/core/**/*.ts', 'src/contract/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...everywhere, registerCommand, setContext, ...impure],
      'no-restricted-globals': ['error', ...outside],
      'no-restricted-imports': ['error', { patterns: [builtins] }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:assert narrows only with the type spelled out, and mocha binds `this`.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);

export { config as default };

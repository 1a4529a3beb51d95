import assert from 'node:assert/strict';
import { readHook } from '../../../../src/agents/guard/hook.ts';
import { isPathField } from '../../../../src/agents/guard/fields.ts';
import { isOwnCall } from '../../../../src/agents/guard/known.ts';
import { profiles } from '../../../../src/agents/profiles/profiles.ts';
import type { CallRow } from '../../../../src/contract/callRow.ts';
import { calls } from '../../../../src/contract/calls.ts';
import { free, hooks } from './hooks.ts';

const read = (json: unknown): ReturnType<typeof readHook> => readHook(JSON.stringify(json), '/homes/one');

describe('the guard reads an agent’s hook', () => {
  for (const { profile, title, json } of hooks)
    it(`P7: ${profile} ${title}: the file that is to be written`, () => {
      const hooked = read(json('/none/project', 'web/a.ts'));
      assert.ok('paths' in hooked);
      assert.ok(hooked.paths.includes('/none/project/web/a.ts'), hooked.paths.join(', '));
    });

  it('takes calls of Lockkeeper’s own, and tools that only read, for no write', () => {
    for (const { profile, title, json } of free) {
      const hooked = read(json('/none/project', 'web/a.ts'));
      assert.ok('paths' in hooked);
      assert.deepEqual(hooked.paths, [], `${profile} ${title}`);
    }
  });

  it('knows every call of ours that names files, with and without its server’s name', () => {
    for (const [name, row] of Object.entries<CallRow>(calls)) {
      assert.ok(isOwnCall(`mcp__lockkeeper__${name}`, profiles), name);
      assert.deepEqual(read({ cwd: '/none', tool_name: `mcp_lockkeeper_${name}`, tool_input: {} }), {
        tool: `mcp_lockkeeper_${name}`,
        cwd: '/none',
        paths: [],
        call: name,
      });
      const fields = Object.keys(row.input.shape);
      if (fields.some(isPathField)) assert.ok(isOwnCall(`MCP:${name}`, profiles), name);
    }
    for (const other of [
      'mcp__lockkeeper_files__write',
      'mcp__files__lockkeeper_write',
      'lockkeeper',
      'MCP:write_file',
    ])
      assert.equal(isOwnCall(other, profiles), false, other);
  });

  it('says what it cannot understand, and never that nothing is written', () => {
    const write = (input: unknown): object => ({ tool_name: 'Write', tool_input: input });
    for (const json of [
      null,
      [],
      7,
      {},
      { hook_event_name: 'PreToolUse' },
      { hook_event_name: 'PreToolUse', tool_name: 7 },
      write({}),
      write([]),
      write(7),
      write({ file_path: 7 }),
      write({ file_path: '' }),
      { tool_name: 'editFiles', tool_input: { files: [] } },
      { tool_name: 'Bash', tool_input: { command: 7 } },
      { tool_name: 'shell', tool_input: { command: ['rm', 7] } },
      { tool_name: 'apply_patch', tool_input: { command: 'no patch' } },
      { toolName: 'create', toolArgs: '{"path":' },
    ])
      assert.ok('unclear' in read(json), JSON.stringify(json));
    for (const text of ['', '{', 'garbage']) assert.ok('unclear' in readHook(text, '/'), text);
  });

  it('passes what another event than the one before a tool brings', () => {
    for (const event of ['PostToolUse', 'AfterTool', 'Stop', 'afterFileEdit'])
      assert.deepEqual(read({ cwd: '/none', hook_event_name: event, tool_name: 'Write' }), {
        tool: event,
        cwd: '/none',
        paths: [],
      });
  });
});

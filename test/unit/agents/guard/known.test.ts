import assert from 'node:assert/strict';
import { readHook, type Hooked } from '../../../../src/agents/guard/hook.ts';
import { fieldsOf, isOwnCall, standing, toldOf, type Fields } from '../../../../src/agents/guard/known.ts';
import type { Profile, Told } from '../../../../src/agents/profiles/profile.ts';
import { profileOf, profiles } from '../../../../src/agents/profiles/profiles.ts';
import { free, hooks, type Hook } from './hooks.ts';

const kinds = ['writes', 'patches', 'shells'] as const;
const patch = '*** Begin Patch\n*** Delete File: web/a.ts\n*** End Patch\n';

/** An agent that calls nothing as others do. */
const invented: Profile = {
  id: 'invented',
  label: 'Invented',
  entries: [],
  trust: '',
  tools: {
    writes: [
      { tools: ['Etch'], in: ['whither'] },
      { tools: ['EtchAll'], in: ['strokes.upon.leaf'] },
      { tools: ['Ponder'], in: ['whither'], readsWith: { mood: 'idle' } },
    ],
    patches: [{ tools: ['Mend'], in: ['seam'] }],
    shells: [
      { tools: ['Utter'], in: ['spell'], folder: ['hearth'] },
      { tools: ['UtterWide'], in: ['spell'], isPowershell: true },
    ],
    reads: ['Rewrite'],
  },
  words: { tool: 'deed', input: 'matter', event: 'moment', folder: 'place' },
  ownCalls: { before: 'lockkeeper~' },
  events: { beforeUttering: 'Utter' },
  cannot: [],
};

const read = (json: object, known: readonly Profile[] = [...profiles, invented]): Hooked =>
  readHook(JSON.stringify({ place: '/none/project', ...json }), '/homes/one', known);

describe('the guard knows an agent by its profile alone', () => {
  it('P2: a call that leaves its server out is told of, and ruled on like any server’s', () => {
    const called = (tool_name: string, tool_input: object): Hooked =>
      readHook(JSON.stringify({ tool_name, tool_input, cwd: '/none/project' }), '/homes/one');
    const told = { tool: 'MCP:get_task', cwd: '/none/project', paths: [], call: 'get_task' };
    assert.deepEqual(called('MCP:get_task', {}), told);
    assert.deepEqual(called('MCP:submit_result', { files: ['a.js'] }), {
      ...{ tool: 'MCP:submit_result', cwd: '/none/project' },
      ...{ paths: [], call: 'submit_result' },
    });
    assert.deepEqual(called('MCP:write_file', { path: 'a.js' }), {
      ...{ tool: 'MCP:write_file', cwd: '/none/project' },
      ...{ paths: ['/none/project/a.js'], call: 'write_file' },
    });
  });

  for (const [deed, matter] of [
    ['Etch', { whither: 'web/a.ts' }],
    ['Etch', { whither: ['web/b.ts', 'web/a.ts'] }],
    ['EtchAll', { strokes: [{ upon: [{ leaf: 'web/b.ts' }] }, { upon: { leaf: 'web/a.ts' } }] }],
    ['Ponder', { whither: 'web/a.ts', mood: 'keen' }],
    ['Mend', { seam: patch }],
    ['Utter', { spell: 'touch ../web/a.ts', hearth: 'src' }],
    ['Utter', { spell: ['touch', 'web/a.ts'] }],
    ['UtterWide', { spell: 'ni web/a.ts' }],
  ] as const)
    it(`P7: a tool and fields of names that nobody else has: ${deed} ${JSON.stringify(matter)}`, () => {
      const hooked = read({ deed, matter });
      assert.ok('paths' in hooked, JSON.stringify(hooked));
      assert.ok(hooked.paths.includes('/none/project/web/a.ts'), hooked.paths.join(', '));
      // Nobody else's data tells it.
      const other = read({ tool_name: deed, tool_input: matter }, profiles);
      assert.ok(!('paths' in other && other.paths.includes('/none/project/web/a.ts')));
    });

  it('P7: an event of its own, its tools that only read, and calls of Lockkeeper’s own', () => {
    const event = read({ moment: 'beforeUttering', spell: 'touch web/a.ts' });
    assert.deepEqual(event, { tool: 'Utter', cwd: '/none/project', paths: ['/none/project/web/a.ts'] });
    for (const [deed, matter] of [
      ['Rewrite', { path: 'web/a.ts' }],
      ['Ponder', { whither: 'web/a.ts', mood: 'idle' }],
    ] as const)
      assert.deepEqual(read({ deed, matter }), { tool: deed, cwd: '/none/project', paths: [] });
    assert.deepEqual(read({ deed: 'lockkeeper~get_task', matter: {} }), {
      tool: 'lockkeeper~get_task',
      cwd: '/none/project',
      paths: [],
      call: 'get_task',
    });
  });

  it('P7: what stands in other fields than those it is known for is ruled on too; where nothing does, it is no', () => {
    for (const [deed, matter] of [
      ['Etch', { whither: 'web/b.ts', file_path: 'web/a.ts' }],
      ['Etch', { file_path: 'web/a.ts' }],
      ['Mend', { seam: 'none', patch }],
      ['Utter', { spell: 'ls', command: 'touch web/a.ts' }],
      // Which of the two folders counts, only the agent knows.
      ['Utter', { spell: 'touch a.ts', hearth: 'src', cwd: 'web' }],
      ['Utter', { spell: 'touch a.ts', hearth: 'web', cwd: 'src' }],
    ] as const) {
      const hooked = read({ deed, matter });
      assert.ok('paths' in hooked && hooked.paths.includes('/none/project/web/a.ts'), JSON.stringify(matter));
    }
    for (const [deed, matter] of [
      ['Etch', { thither: 'web/a.ts' }],
      ['Etch', { whither: 7 }],
      ['EtchAll', { strokes: [{ leaf: 'web/a.ts' }] }],
      ['Mend', { seam: 'no patch' }],
      ['Utter', { spell: 7 }],
    ] as const)
      assert.ok('unclear' in read({ deed, matter }), JSON.stringify(matter));
  });

  for (const profile of profiles) {
    const told: readonly Told[] = kinds.flatMap((kind) => profile.tools[kind]);
    if (told.length === 0) continue;
    const own = hooks.filter(({ profile: id }) => id === profile.id);

    it(`P7: ${profile.label}: each field that its profile names stands in a call of it, with what is written`, () => {
      const seen = new Set<string>();
      for (const hook of own) {
        const { tool, input } = callOf(hook, profile);
        const found = kinds.map((kind) => toldOf(kind, tool, [profile])).find(({ length }) => length > 0);
        if (!found) continue;
        const values = JSON.stringify(standing(input, fieldsOf(found)));
        assert.ok(values.includes('web/a.ts'), `${tool}: ${JSON.stringify(input)}`);
        for (const field of found.flatMap((one) => [...one.in, ...(one.folder ?? [])]))
          if (standing(input, [field]).some((value) => value !== undefined))
            for (const one of found.filter((of) => [...of.in, ...(of.folder ?? [])].includes(field)))
              seen.add(`${one.tools.join()}.${field}`);
      }
      for (const one of told)
        for (const field of [...one.in, ...(one.folder ?? [])])
          assert.ok(seen.has(`${one.tools.join()}.${field}`), `No call has ${one.tools.join()}.${field}`);
    });
  }

  it('P7: each that has a hook says how it tells of a call, and of one of Lockkeeper’s own', () => {
    for (const { profile, title, json } of hooks) {
      const { words, events } = profileOf(profile) ?? assert.fail(profile);
      const call = json('/none/project', 'web/a.ts') as Record<string, unknown>;
      if (!words || events?.[title] !== undefined) continue;
      assert.equal(call[words.tool], title);
      for (const name of [words.input, words.event, words.folder])
        if (name !== undefined) assert.ok(name in call, `${profile}: ${name}`);
    }
    for (const { profile, title } of free.filter((hook) => /submit_result|ask_question/.test(hook.title)))
      assert.ok(isOwnCall(title, [profileOf(profile) ?? assert.fail()]), `${profile}: ${title}`);
    for (const { id, entries } of profiles)
      if (entries.some(({ what }) => what === 'hook')) assert.ok(profileOf(id)?.words, id);
  });
});

/** The tool of a call, and its input, by the words of its profile. */
function callOf({ title, json }: Hook, { words, events }: Profile): { tool: string; input: Fields } {
  const call = json('/none/project', 'web/a.ts') as Record<string, unknown>;
  const input = call[words?.input ?? 'tool_input'] ?? call;
  return {
    tool: events?.[title] ?? title,
    input: (typeof input === 'string' ? JSON.parse(input) : input) as Fields,
  };
}

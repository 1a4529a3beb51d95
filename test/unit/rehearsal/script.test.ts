import assert from 'node:assert/strict';
import { parseScript, readScript, sceneFor } from '../../../src/agents/rehearsal/script.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { purposesOf } from '../../../src/core/purposes.ts';
import { story, storyFile } from './story.ts';

const scene = { task: 'Do it', acts: [{ do: 'submit', summary: 'It is done.' }] };
const parse = (script: unknown): unknown => parseScript(JSON.stringify(script));

describe('the story', () => {
  const tasks = [...story.steps.flatMap((step) => step.tasks), story.reconcile];

  for (const { role: _, ...packet } of tasks.map((task) => ({ role: '', ...task }))) {
    it(`P4, T6: hands out a packet that is taken: ${packet.task}`, () => {
      assert.deepEqual('flaws' in checkPacket(packet) ? checkPacket(packet) : [], []);
      assert.equal(purposesOf(packet.task ?? '').length, 1);
    });

    it(`has a scene of its own for it: ${packet.task}`, () => {
      const script = readScript(storyFile);
      const found = sceneFor(script, packet.task ?? '');
      assert.ok(found?.again);
      assert.equal(script.scenes.filter((one) => [one.task].flat().includes(packet.task ?? '')).length, 1);
    });
  }

  it('has a worker for each role', () => {
    const roles = new Set(story.workers.map(({ role }) => role));
    for (const role of [...story.steps.map((step) => step.role), story.reconcile.role])
      assert.ok(roles.has(role), role);
  });
});

describe('a script', () => {
  it('is read with lines put together and defaults filled in', () => {
    const script = parseScript(
      JSON.stringify({
        scenes: [{ task: 'Do it', acts: [{ do: 'edit', file: 'a', write: ['one', 'two', ''] }] }],
      }),
    );
    assert.deepEqual(script, {
      parts: {},
      scenes: [{ task: 'Do it', acts: [{ do: 'edit', file: 'a', write: 'one\ntwo\n' }] }],
    });
  });

  it('prefers the exact TASK to a pattern, and knows no other', () => {
    const script = parseScript(JSON.stringify({ scenes: [{ task: { pattern: '^do' }, acts: [] }, scene] }));
    assert.equal(sceneFor(script, ' Do it ')?.acts.length, 1);
    assert.equal(sceneFor(script, 'do that')?.acts.length, 0);
    assert.equal(sceneFor(script, 'Leave it'), undefined);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['no scene', { scenes: [] }, /scenes/],
    ['an act nobody knows', { scenes: [{ task: 'x', acts: [{ do: 'dance' }] }] }, /acts/],
    [
      'a word too many',
      { scenes: [{ task: 'x', acts: [{ do: 'pause', milliseconds: 1, second: 1 }] }] },
      /second/,
    ],
    ['a broken pattern', { scenes: [{ task: { pattern: '(' }, acts: [] }] }, /regular expression/],
    [
      'a part that is not there',
      { scenes: [{ task: 'x', acts: [{ do: 'part', name: 'p' }] }] },
      /no part "p"/,
    ],
    [
      'a part that plays itself',
      {
        parts: { p: [{ do: 'when', file: 'a', has: 'b', then: [{ do: 'part', name: 'p' }] }] },
        scenes: [scene],
      },
      /plays itself/,
    ],
    [
      'an unclear end',
      { scenes: [{ task: 'x', acts: [{ do: 'submit', summary: 'x', stillOpen: 'none' }] }] },
      /stillOpen/,
    ],
  ];
  for (const [what, script, words] of wrong) {
    it(`with ${what} is refused by name`, () => {
      assert.throws(() => parse(script), words);
    });
  }
});

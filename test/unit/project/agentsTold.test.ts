import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { profiles } from '../../../src/agents/profiles/profiles.ts';
import { connectionText } from '../../../src/editor/workers/connection.ts';

const read = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');

/** What is said of something that begins an entry of a list; a text may have several. */
function entriesFor(text: string, label: string): string {
  const entries = text.split(/\n(?=- |\n)/).filter((one) => one.trimStart().startsWith(`- **${label}**`));
  return entries.join(' ').replace(/\s+/g, ' ');
}

describe('what a person reads of each agent', () => {
  for (const file of ['README.md', 'media/walkthrough/workers.md']) {
    it(`says in ${file} what holds of every profile: how it is connected, what its guard cannot stop, how it goes`, () => {
      const text = read(file);
      for (const { label, cannot } of profiles) {
        const said = entriesFor(text, label);
        for (const sentence of cannot) assert.ok(said.includes(sentence), `${label}: ${sentence}`);
      }
      for (const name of [
        'Connect Worker',
        'Open a Terminal as a Worker',
        'Disconnect Worker',
        'Remove a Worker',
      ])
        assert.ok(text.replace(/\s+/g, ' ').includes(name), name);
    });
  }

  it('shows in the README the entry that Copy a Connection copies, in its shape', () => {
    const [, json = ''] = /```json\n(\{\n {2}"mcpServers"[^]*?)```/.exec(read('README.md')) ?? [];
    const shown = JSON.parse(json) as { mcpServers: { lockkeeper: Record<string, unknown> } };
    const connection = { url: 'u', token: 't', stdio: 's', runtime: 'r', worker: undefined };
    const copied = JSON.parse(connectionText('program', connection)) as typeof shown;
    const shapeOf = ({ mcpServers: { lockkeeper } }: typeof shown): unknown => [
      Object.keys(lockkeeper),
      Object.keys(lockkeeper['env'] ?? {}),
    ];
    assert.deepEqual(shapeOf(shown), shapeOf(copied));
  });
});

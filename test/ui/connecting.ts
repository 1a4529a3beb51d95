import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../rig/until.ts';
import { portOf } from './journal.ts';
import type { Story } from './story.ts';

/** An agent that nobody knows, by the file in which it keeps its servers; a person's own entry and comment stay. */
export async function connectsAnother(story: Story): Promise<void> {
  const { quickInput } = story.workbench;
  const file = join(story.folder, '.aide', 'servers.json');
  const mine = '{\n  // mine\n  "mcpServers": { "a": { "command": "a" } }\n}\n';
  mkdirSync(join(story.folder, '.aide'));
  writeFileSync(file, mine);
  await story.run('Connect Worker');
  await quickInput.pick('Another agent…');
  await quickInput.answer(/In which file/, 'notes.md');
  await quickInput.waitFor(/A JSON or TOML file in the folder/);
  await quickInput.type('.aide/servers.json');
  await quickInput.accept();
  await quickInput.pick(/"mcpServers", and \$\{env:NAME\}/);
  await quickInput.waitFor(/Changes \.aide\/servers\.json as shown/);
  await story.workbench.editorTab(/What connects The agent of/).waitFor();
  assert.equal(readFileSync(file, 'utf8'), mine, 'nothing is written before the yes');
  await quickInput.pick('Connect The agent of .aide/servers.json');
  const written = await until(
    () => readFileSync(file, 'utf8'),
    (text) => text !== mine,
  );
  assert.match(written, /\/\/ mine[\s\S]*"a"[\s\S]*Bearer \$\{env:LOCKKEEPER_TOKEN\}/);
  const workers = story.workbench.tree('Workers');
  await until(
    async () => (await workers.items()).map(({ spoken }) => spoken).join('\n'),
    (spoken) => /builder, code, idle, unguarded, not heard/.test(spoken),
  );
  await story.run('Disconnect Worker');
  await quickInput.pick('The agent of .aide/servers.json');
  await quickInput.pick('Disconnect The agent of .aide/servers.json');
  await until(
    () => readFileSync(file, 'utf8'),
    (text) => text === mine,
  );
  await until(
    () => existsSync(join(story.folder, '.mcp.json')),
    (isThere) => !isThere,
  );
}

/** What a person's Claude Code finds in the open folder. */
const entries = (story: Story): string => join(story.folder, '.mcp.json');

export async function connectClaude(story: Story): Promise<void> {
  const { quickInput } = story.workbench;
  await story.run('Connect Worker');
  await quickInput.pick('Claude Code');
  await quickInput.pick('Connect Claude Code');
  await until(() => existsSync(entries(story)), Boolean);
}

/** P2: after the endpoint moved the row says so, and leads to the change; written anew, it is gone. */
export async function bringsUpToDate(story: Story): Promise<void> {
  const { quickInput } = story.workbench;
  const workers = story.workbench.tree('Workers');
  const said = async (): Promise<string> => (await workers.items()).map(({ spoken }) => spoken).join('\n');
  await until(said, (spoken) => /Claude Code: what connects it is out of date/.test(spoken));
  await story.workbench.shot('connection-out-of-date');
  await workers.click('Claude Code');
  await quickInput.waitFor(/Changes \.mcp\.json as shown/);
  await quickInput.pick('Connect Claude Code');
  const port = await portOf(story.server.userData);
  await until(
    () => readFileSync(entries(story), 'utf8'),
    (text) => text.includes(`127.0.0.1:${port}/mcp`),
  );
  await until(said, (spoken) => !spoken.includes('out of date'));
  await story.run('Disconnect Worker');
  await quickInput.pick('Claude Code');
  await quickInput.pick('Disconnect Claude Code');
  await until(
    () => existsSync(entries(story)),
    (isThere) => !isThere,
  );
  writeFileSync(join(story.folder, 'stray.txt'), 'by whom?\n');
  const inbox = await until(
    async () => (await story.inbox.items()).map(({ spoken }) => spoken).join('\n'),
    (spoken) => spoken.includes('stray.txt'),
  );
  assert.match(
    inbox,
    /1 file written outside every scope/,
    `what was taken out is no write of nobody’s: ${inbox}`,
  );
  rmSync(join(story.folder, 'stray.txt'));
}

/** P2: the first call of a tool ends the round trip: a hook that was not heard before it was skipped. */
export async function skipsItsHook(story: Story, token: string): Promise<void> {
  const workers = story.workbench.tree('Workers');
  const address = `http://127.0.0.1:${await portOf(story.server.userData)}`;
  const post = async (path: string, body: object): Promise<number> =>
    (
      await fetch(`${address}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify(body),
      })
    ).status;
  const call = (): Promise<number> =>
    post('/mcp', {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_task', arguments: {} },
    });
  const told = async (): Promise<string> =>
    (await workers.items()).find(({ label }) => label === 'helper')?.spoken ?? '';
  assert.equal(await call(), 200);
  await until(told, (spoken) => /unguarded, hook skipped/.test(spoken));
  await story.workbench
    .toast(/no guard was heard before it: Claude Code skips.*Start it in its folder once/)
    .waitFor();
  await story.workbench.shot('hook-skipped');
  assert.equal(await post('/guard', { call: 'get_task' }), 200);
  assert.equal(await call(), 200);
  await until(told, (spoken) => /^helper, code, idle, heard/.test(spoken));
}

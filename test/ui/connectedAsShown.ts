import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../rig/until.ts';
import { portOf } from './journal.ts';
import { plain, sidesOf } from './sides.ts';
import type { Story } from './story.ts';

/** Played in a window where Claude Code is found: what is written is what was shown. */
export function isConnectedAsShown(story: () => Story): void {
  it('an agent is connected after the person saw the change, and taken out again; no token is in it', async () => {
    const { folder, server, workbench } = story();
    const { quickInput } = workbench;
    const [entry = '', hook = ''] = ['.mcp.json', '.claude/settings.json'].map((name) => join(folder, name));
    const mine = '{ "mcpServers": { "mine": { "command": "mine" } } }\n';
    await writeFile(entry, mine);
    await story().run('Connect Worker');
    await quickInput.pick('Claude Code');
    await quickInput.waitFor(/Changes \.mcp\.json and \.claude\/settings\.json as shown/);
    await workbench.editorTab(/What connects Claude Code/).waitFor();
    const sides = await sidesOf(workbench, 2);
    await workbench.shot('connect-diff');
    assert.equal(readFileSync(entry, 'utf8'), mine, 'nothing is written before the yes');
    assert.equal(existsSync(hook), false, 'nothing is written before the yes');
    await quickInput.pick('Connect Claude Code');
    await workbench.editorTab(/What connects Claude Code/).waitFor({ state: 'detached' });
    const read = (): string[] =>
      [entry, hook].map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    const written = await until(read, ([one, other]) => one !== mine && other !== '');
    const [entryNow = '', hookNow = ''] = written.map(plain);
    assert.deepEqual(sides, [`${plain(mine)} → ${entryNow}`, ` → ${hookNow}`].toSorted());
    assert.match(written.join(''), new RegExp(`127\\.0\\.0\\.1:${await portOf(server.userData)}/mcp`));
    assert.match(written.join(''), /Bearer \$\{LOCKKEEPER_TOKEN\}/);
    await story().run('Disconnect Worker');
    await quickInput.pick('Claude Code');
    await workbench.editorTab(/What disconnects Claude Code/).waitFor();
    assert.deepEqual(
      await sidesOf(workbench, 2),
      [`${entryNow} → ${plain(mine)}`, `${hookNow} → `].toSorted(),
    );
    await quickInput.pick('Disconnect Claude Code');
    await until(
      () => existsSync(join(folder, '.claude')),
      (isThere) => !isThere,
    );
    await until(
      () => readFileSync(entry, 'utf8'),
      (text) => text === mine,
    );
    await rm(entry);
  });
}

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlaybooks, type Playbooks } from '../../../src/files/playbooks.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { connect, type Agent } from './clients.ts';
import { openHouse, type House } from './house.ts';

const ours = `# Locks\n\nFor a lock that leaks.\n\n## Dispatch: stop it\n\n\`\`\`packet\nTASK: Stop {bug} in {file}\n\`\`\`\n`;

describe('playbooks', () => {
  let folder: string;
  let own: string;
  let house: House;
  let lead: Agent;
  let worker: Agent;
  const all = (): Promise<Playbooks> =>
    readPlaybooks(join(folder, 'shipped'), [
      { name: 'app', fsPath: join(folder, 'app') },
      { name: 'bare', fsPath: join(folder, 'bare') },
    ]);

  before(async () => {
    folder = await temporaryFolder('playbooks');
    own = join(folder, 'app/.lockkeeper/playbooks');
    await mkdir(own, { recursive: true });
    await mkdir(join(folder, 'shipped'));
    await writeFile(join(folder, 'shipped/01-locks.md'), ours);
    await writeFile(join(own, 'weirs.md'), '# Weirs\n\nFor a weir.\n');
    house = await openHouse({ playbooks: async () => (await all()).playbooks });
    lead = await connect(house.door.url, await house.lendSeat());
    worker = await connect(house.door.url, (await house.addWorker('Writer')).token);
  });

  after(async () => {
    await lead?.close();
    await worker?.close();
    await house?.close();
    await removeFolder(folder);
  });

  it('P9: a workspace’s own stand beside those that ship; what cannot be used is named', async () => {
    await writeFile(join(own, 'notes.txt'), 'not one');
    await writeFile(join(own, 'bare.md'), 'no title');
    await writeFile(join(own, 'latin.md'), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    await writeFile(join(own, 'long.md'), `# Long\n${'x'.repeat(64 * 1024)}`);
    await mkdir(join(own, 'folder.md'));
    const { playbooks, bad } = await all();
    assert.deepEqual(
      playbooks.map(({ name, title, folder: where }) => [name, title, where]),
      [
        ['01-locks', 'Locks', undefined],
        ['app/weirs', 'Weirs', 'app'],
      ],
    );
    assert.deepEqual(
      bad.map(({ name, why }) => [name, why]),
      [
        ['app/.lockkeeper/playbooks/bare.md', 'it has no title: a first line that begins with "# "'],
        ['app/.lockkeeper/playbooks/folder.md', 'it is no file'],
        ['app/.lockkeeper/playbooks/latin.md', 'it is no text in UTF-8'],
        ['app/.lockkeeper/playbooks/long.md', 'it is larger than 64 kB'],
      ],
    );
  });

  it('P9: each is a prompt of the seat, with the bug in its place, and a worker has none of them', async () => {
    const listed = await lead.client?.listPrompts();
    assert.deepEqual(
      listed?.prompts.map(({ name, title }) => [name, title]),
      [
        ['orchestrate', 'Orchestrate'],
        ['work', 'Work'],
        ['debug', 'Debug'],
        ['01-locks', 'Locks'],
        ['app/weirs', 'Weirs'],
      ],
    );
    assert.match(listed.prompts[4]?.description ?? '', /from this workspace: app/);
    assert.deepEqual(
      listed.prompts[3]?.arguments?.map(({ name, required }) => [name, required]),
      [
        ['bug', true],
        ['file', false],
        ['test', false],
        ['command', false],
      ],
    );
    const bug = 'a leak \u202eat night';
    const got = await lead.client?.getPrompt({ name: '01-locks', arguments: { bug } });
    const [message] = got?.messages ?? [];
    const text = message?.content.type === 'text' ? message.content.text : '';
    assert.match(text, /^Lead the work on this bug by the playbook below: a leak \\u\{202e\}at night\n/);
    assert.match(text, /TASK: Stop a leak \\u\{202e\}at night in \{file\}/);
    await assert.rejects(lead.client?.getPrompt({ name: '01-locks' }) ?? assert.fail(), /bug is missing/);
    await assert.rejects(
      lead.client?.getPrompt({ name: '02', arguments: { bug } }) ?? assert.fail(),
      /no such prompt/,
    );
    const own = (await worker.client?.listPrompts())?.prompts;
    assert.deepEqual(
      own?.map(({ name }) => name),
      ['work', 'debug'],
    );
    await assert.rejects(
      worker.client?.getPrompt({ name: '01-locks', arguments: { bug } }) ?? assert.fail(),
      /no such prompt/,
    );
  });
});

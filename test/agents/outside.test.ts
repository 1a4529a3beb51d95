import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { cutOff } from '../../.tools/cutOff.mjs';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { until } from '../rig/until.ts';
import { git } from '../unit/git/given.ts';
import { realAgents } from './agents.ts';
import { plainEnvironment } from './byHand.ts';
import { isCutOff, nobodyReachedOutside, triesIn } from './outside.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

// A system without networks of one's own proves nothing here: the suite says so where it begins.
if (isCutOff)
  describe('a network with no way out, in which the real agents run', function () {
    this.timeout(120_000);
    let base: string;
    before(async () => {
      base = await temporaryFolder('outside');
    });
    after(() => removeFolder(base));

    it('has this machine’s loopback alone', () => {
      const others = Object.values(networkInterfaces()).flatMap((all) =>
        (all ?? []).filter(({ internal }) => !internal),
      );
      assert.deepEqual(others, []);
      nobodyReachedOutside();
    });

    for (const agent of realAgents)
      it(`${agent.id}: that it reached outside would be counted`, async () => {
        const [home, folder] = [join(base, agent.id, 'home'), join(base, agent.id, 'project')];
        const file = join(folder, agent.settings.file);
        await mkdir(join(file, '..'), { recursive: true });
        await mkdir(home);
        await writeFile(file, agent.settings.text);
        git(folder, 'init', '-q');
        const elsewhere = 'http://model.invalid';
        agent.settle(home, folder, elsewhere);
        const [sandbox = '', ...prefix] =
          cutOff(root, base) ?? assert.fail('There is no network to run it in.');
        // It has a network of its own, so that what it does there counts for nobody else.
        const child = spawn(sandbox, [...prefix, '--info-fd', '3', agent.program, ...agent.byHand], {
          cwd: folder,
          env: { ...plainEnvironment(home), ...agent.environment(elsewhere, home) },
          stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
        });
        let told = '';
        (child.stdio[3] as Readable).on('data', (part) => (told += String(part)));
        // Its words come in parts.
        const form = /"child-pid": (\d+)[,\s]/;
        const inside = Number(
          form.exec(
            await until(
              () => told,
              (text) => form.test(text),
            ),
          )?.[1],
        );
        const over = once(child, 'exit');
        await until(
          () => triesIn(inside),
          (tries) => tries > 0,
        );
        child.kill();
        await over;
        nobodyReachedOutside();
      });
  });

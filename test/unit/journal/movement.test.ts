import assert from 'node:assert/strict';
import { join } from 'node:path';
import { watchFiles } from '../../../src/journal/movement.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { until } from '../../rig/until.ts';

describe('what other windows write', () => {
  it('is looked for often where a watcher says nothing of itself and tells of nothing, and now and then where it has told', async function () {
    // A folder that can be watched, in which nothing is ever told of.
    if (process.platform !== 'linux') return this.skip();
    const folder = await temporaryFolder('movement');
    const looks = { blind: 0, watched: 0 };
    const watched = watchFiles([join(folder, 'a'), join(folder, 'b')], () => (looks.watched += 1));
    const blind = watchFiles([join(folder, 'a'), '/proc/self/none'], () => (looks.blind += 1));
    await until(
      () => looks.blind,
      (count) => count >= 6,
    );
    assert.ok(looks.watched < 4, `${looks.watched} looks`);
    watched.dispose();
    blind.dispose();
    await removeFolder(folder);
  });
});

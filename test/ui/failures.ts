import { openWorkbenches } from '../rig/workbench.ts';

/** For steps that build on one another: after one that failed the next say nothing, and are not tried. */
export function oneAfterTheOther(suite: Mocha.Suite): void {
  suite.beforeEach(function () {
    if (suite.tests.some(({ state }) => state === 'failed')) this.skip();
  });
}

/** Leaves a picture of every open window when a test fails. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 100);
    let count = 0;
    for (const workbench of openWorkbenches) {
      count += 1;
      const path = await workbench.picture(`failed/${name}-${count}`).catch(String);
      process.stderr.write(`      window ${count}: ${path}\n`);
    }
  },
};

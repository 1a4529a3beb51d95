import { openWorkbenches } from '../rig/workbench.ts';

/** Leaves a picture of every open window when a test fails. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 100);
    let count = 0;
    for (const workbench of openWorkbenches) {
      count += 1;
      const path = await workbench.shot(`failed/${name}-${count}`).catch(String);
      process.stderr.write(`      window ${count}: ${path}\n`);
    }
  },
};

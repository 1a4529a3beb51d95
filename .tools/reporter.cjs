const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** What a person reads, and the numbers for whoever sums them. */
module.exports = class CountedSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.LOCKKEEPER_COUNT;
    if (file === undefined) return;
    const why = [];
    runner.on('fail', (test, error) => why.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
    runner.once('end', () => {
      const { passes, failures } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, why }));
    });
  }
};

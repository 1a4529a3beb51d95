import fc from 'fast-check';

const given = process.env['LOCKKEEPER_SEED'];

/**
 * Random tests play the same cases each time, so that what is red is red for everybody, and what every history
 * together has to reach is reached or not by the code alone. LOCKKEEPER_SEED=random seeks new ones, and
 * LOCKKEEPER_SEED=N plays those of a report again.
 */
if (given !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(given ?? 20_261_122) });

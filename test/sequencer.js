const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * These write more into the shared table than all others together, and to look through it for one domain, as the check of
 * consistency does, takes the longer the more there is.
 */
const FILL_THE_TABLE = /(killed-large-put|large-lists|capacity)\.engine\.test\.ts$/;

/** The default order, but what fills the table comes last. */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const fills = ({ path }) => FILL_THE_TABLE.test(path);
    return [...sorted.filter((test) => !fills(test)), ...sorted.filter(fills)];
  }
};

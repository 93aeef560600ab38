const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/** To find all that a domain has, one has to look through the shared table: the longer it takes the more all tests have written. */
const LOOKS_THROUGH =
  /\b(expectConsistent|expectConsistentAfterSweep|expectWithinSeats|readDomain|ScanCommand)\(/;

/** These write more than all others together: this one while it looks through the table, those without. */
const FILLS_AND_LOOKS = /crash-during-large-put\.engine\.test\.ts$/;
const FILLS = /(large-lists|capacity)\.engine\.test\.ts$/;

function turn(path) {
  if (FILLS.test(path)) return 3;
  if (FILLS_AND_LOOKS.test(path)) return 1;
  return LOOKS_THROUGH.test(readFileSync(path, 'utf8')) ? 0 : 2;
}

/** The default order, but first what looks through the table, and what fills it last. */
module.exports = class extends Sequencer {
  sort(tests) {
    const turns = new Map(tests.map(({ path }) => [path, turn(path)]));
    return [...super.sort(tests)].sort((one, other) => turns.get(one.path) - turns.get(other.path));
  }
};

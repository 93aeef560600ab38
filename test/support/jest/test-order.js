const { readFileSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * These files scan the shared table for everything of a domain. The more all tests have written, the longer
 * that takes.
 */
const SCANS = /\b(expectConsistent|expectConsistentAfterSweep|expectWithinSeats|readDomain|ScanCommand)\(/;

/** These files write more than all others together. The first one also scans the table. */
const FILLS_AND_SCANS = /crash-during-large-put\.engine\.test\.ts$/;
const FILLS = /(large-lists|capacity)\.engine\.test\.ts$/;

/**
 * Unit tests need no system. These keep all workers busy until the last file that fills the table has ended.
 */
const UNIT_LAST = /test\/(bin|http|scim)\/(?!.*\.engine\.)/;

function phase(path) {
  if (UNIT_LAST.test(path)) return 4;
  if (FILLS.test(path)) return 3;
  if (FILLS_AND_SCANS.test(path)) return 1;
  return SCANS.test(readFileSync(path, 'utf8')) ? 0 : 2;
}

/**
 * Keeps the default order, but runs files that scan the table first, those that fill it late, and short unit
 * tests last.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const phases = new Map(tests.map(({ path }) => [path, phase(path)]));
    return [...super.sort(tests)].sort((one, other) => phases.get(one.path) - phases.get(other.path));
  }
};

'use strict';

const process = require('node:process');

/*
 * Ends a command with an explanation if the version of Node is too old. Plain JavaScript for any version: on an old
 * one, the modules of the command itself could not even be loaded.
 */

/** The first supported minor version of each major version. Newer major versions are supported from their start. */
const FIRST_MINOR = { 20: 19, 22: 12 };
const OLDEST_WITHOUT_LIMIT = 23;

/**
 * Returns whether a version such as `v22.12.0` is supported: `^20.19 || >=22.12` in package.json.
 *
 * @param {string} version
 * @returns {boolean}
 */
function isSupported(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major >= OLDEST_WITHOUT_LIMIT) return true;
  return FIRST_MINOR[major] !== undefined && minor >= FIRST_MINOR[major];
}

if (require.main === module && !isSupported(process.version)) {
  process.stderr.write(
    'Node ' +
      process.version +
      ' is too old. Install Node 22.12 or newer, or Node 20 from 20.19, and run `npm ci` again. ' +
      'With nvm: nvm install && nvm use\n',
  );
  process.exit(1);
}

module.exports = { isSupported };

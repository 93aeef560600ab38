'use strict';

const process = require('node:process');

/*
 * Ends a command with an explanation if the version of Node is not supported. Plain JavaScript for any
 * version: on an old one, the modules of the command itself could not even be loaded.
 */

/**
 * The first supported minor version of each major version. Newer major versions are supported from their
 * start.
 */
const FIRST_MINOR = { 20: 19, 22: 13 };
const OLDEST_WITHOUT_LIMIT = 24;

/**
 * Returns whether a version such as `v22.13.0` is supported: `^20.19 || ^22.13 || >=24` in package.json.
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
      ' is not supported. Install Node 20 (20.19 or later), 22 (22.13 or later), or 24 or later. ' +
      'Then run `npm ci` again. With nvm: nvm install && nvm use\n',
  );
  process.exit(1);
}

module.exports = { isSupported };

const fastCheck = require('../../../node_modules/fast-check/lib/cjs/fast-check.js');

/** Every run checks the same examples. For others: `PROPERTY_SEED=7 npx jest`. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20260301);

fastCheck.configureGlobal({ seed: SEED });

/** Stands in for `fast-check` in all tests. */
module.exports = fastCheck;

const fastCheck = require('../../../node_modules/fast-check/lib/cjs/fast-check.js');

/** Makes every run check the same examples. To check others, run `PROPERTY_SEED=7 npx jest`. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20260301);

fastCheck.configureGlobal({ seed: SEED });

/** Replaces `fast-check` in all tests. */
module.exports = fastCheck;

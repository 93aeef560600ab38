const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const OPTIONS = {
  format: 'cjs',
  target: 'node20',
  // jest takes `require` only.
  supported: { 'dynamic-import': false },
  sourcemap: 'inline',
  sourcesContent: false,
};
const OWN_SOURCE = readFileSync(__filename);

/** Compiles TypeScript and ES modules for jest by the bundler of the functions; types are checked by `npm run typecheck`. */
module.exports = {
  process: (source, sourcefile) => {
    const loader = sourcefile.endsWith('.ts') ? 'ts' : 'js';
    return { code: transformSync(source, { ...OPTIONS, loader, sourcefile }).code };
  },
  getCacheKey: (source, sourcefile) =>
    createHash('sha256').update(version).update(OWN_SOURCE).update(sourcefile).update(source).digest('hex'),
};

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
    // In a file named `.mjs`, esbuild takes `module.exports` for the default export of another compiled module.
    const file = sourcefile.replace(/\.mjs$/, '.js');
    return { code: transformSync(source, { ...OPTIONS, loader, sourcefile: file }).code };
  },
  getCacheKey: (source, sourcefile) =>
    createHash('sha256').update(version).update(OWN_SOURCE).update(sourcefile).update(source).digest('hex'),
};

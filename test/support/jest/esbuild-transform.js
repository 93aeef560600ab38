const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { transformSync, version } = require('esbuild');

const OPTIONS = {
  format: 'cjs',
  target: 'node20',
  // Jest supports only `require`.
  supported: { 'dynamic-import': false },
  sourcemap: 'inline',
  sourcesContent: false,
};
const OWN_SOURCE = readFileSync(__filename);

/**
 * Compiles TypeScript and ES modules for Jest with esbuild. It does not check types: `npm run typecheck`
 * does.
 */
module.exports = {
  process: (source, sourcefile) => {
    const loader = sourcefile.endsWith('.ts') ? 'ts' : 'js';
    // In a file named `.mjs`, esbuild takes `module.exports` for the default export of another compiled
    // module.
    const file = sourcefile.replace(/\.mjs$/, '.js');
    return { code: transformSync(source, { ...OPTIONS, loader, sourcefile: file }).code };
  },
  getCacheKey: (source, sourcefile) =>
    createHash('sha256').update(version).update(OWN_SOURCE).update(sourcefile).update(source).digest('hex'),
};

import path from 'node:path';
import { defineConfig } from 'vite';
import { helpPages } from './help/plugin';

/**
 * The portal of a running `npm start`, from which `npm run portal:dev` gets the admin API and config.json.
 */
const PORTAL = process.env.PORTAL_URL ?? 'http://127.0.0.1:3001';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [helpPages(path.join(import.meta.dirname, '../docs'))],
  build: {
    // The colors use `light-dark()`. Older targets would make the style sheet longer.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The Content-Security-Policy allows no inlined files.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // One file of 330 kB compressed, with both languages. If it were split, each page would need another
    // request. Only the help pages are separate files.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      onLog: (level, log, handle) => {
        // The directive "use client" matters only for server rendering.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  // The download of the API collection contains files outside this folder.
  server: {
    fs: { allow: ['..'] },
    proxy: { '/admin': PORTAL, '/scim': PORTAL, '/config.json': PORTAL },
  },
});

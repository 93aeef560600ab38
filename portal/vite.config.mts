import { defineConfig } from 'vite';

/** Where `npm run portal:dev` finds the admin API and config.json: the portal of a running `npm start`. */
const PORTAL = process.env.PORTAL_URL ?? 'http://127.0.0.1:3001';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    // The colours are `light-dark()`; older browsers would get a longer style sheet.
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The Content-Security-Policy lets no inlined file in but images.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // One file, 220 kB compressed; split, each page would wait once more.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      onLog: (level, log, handle) => {
        // "use client" says something to servers that render; there is none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: { proxy: { '/admin': PORTAL, '/config.json': PORTAL } },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** The page is served under `/sandbox/` with a policy that refuses anything inline: scripts and styles are files. */
export default defineConfig({
  root: fileURLToPath(new URL('./src/web', import.meta.url)),
  base: '/sandbox/',
  build: {
    outDir: fileURLToPath(new URL('./dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

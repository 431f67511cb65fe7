import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The server and the command line, each with what it needs in a few files: a start that looks for and reads 1,400 files spends
 * half of its time on that (ADR 0090). `dist/bin` holds nothing else.
 */
const bin = (name: string): string => fileURLToPath(new URL(`./src/bin/${name}.ts`, import.meta.url));

export default defineConfig({
  build: {
    ssr: true,
    outDir: fileURLToPath(new URL('./dist/bin', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { server: bin('server'), 'imsr-cds': bin('imsr-cds'), prepare: bin('prepare') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  // Left where they are: native code, what is looked up beside its own files, and what few need.
  ssr: { noExternal: true, external: ['libsql', 'pg', '@fastify/swagger-ui'] },
});

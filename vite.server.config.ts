import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/**
 * The server and the command line, each with what it needs in a few files: a start that looks for and reads 1,400 files spends
 * half of its time on that (ADR 0090). `dist/bin` holds nothing else.
 */
const bin = (name: string): string => fileURLToPath(new URL(`./src/bin/${name}.ts`, import.meta.url));

/**
 * Writes everything beyond ASCII as escapes: one sign beyond Latin-1 makes V8 keep the whole text of a file, for as long as the
 * process lives, in two bytes a character. None of these signs stands in a name, or in a template of which the raw text is read.
 */
const inAscii: Plugin = {
  name: 'in-ascii',
  generateBundle: (_options, bundle) => {
    for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = escaped(file.code);
  },
};

/** The command line is run by its name (`npx imsr-cds`, through the link that `prepare` makes), and not by Node alone. */
const runnable: Plugin = {
  name: 'runnable',
  writeBundle: ({ dir }) => chmodSync(join(dir!, 'imsr-cds.js'), 0o755),
};

function escaped(code: string): string {
  return code.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export default defineConfig({
  plugins: [inAscii, runnable],
  build: {
    ssr: true,
    outDir: fileURLToPath(new URL('./dist/bin', import.meta.url)),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { server: bin('server'), 'imsr-cds': bin('imsr-cds'), prepare: bin('prepare') },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // The texts stay in memory, so they go without remarks and spaces; names stay, for whoever reads a stack.
        minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      },
    },
  },
  // Left where they are: native code, what is looked up beside its own files, and what few need.
  ssr: { noExternal: true, external: ['libsql', 'pg', '@fastify/swagger-ui'] },
});

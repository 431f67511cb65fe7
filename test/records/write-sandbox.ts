/** Rewrites the sandbox patients: `npx tsx test/records/write-sandbox.ts`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { requestFile, requestText, sandboxFiles, sandboxFolder } from './sandbox-files.js';

const folder = new URL(`../../${sandboxFolder}/`, import.meta.url);
await mkdir(folder, { recursive: true });
const files = await sandboxFiles();
for (const name of await readdir(folder)) {
  if (name.endsWith('.json') && !files.has(name)) await rm(new URL(name, folder));
}
for (const [name, text] of files) await writeFile(new URL(name, folder), text);

const request = new URL(`../../${requestFile}`, import.meta.url);
await mkdir(new URL('.', request), { recursive: true });
await writeFile(request, await requestText());

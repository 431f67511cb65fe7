import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The house: a room may import rooms above it in this list, never below, and never its neighbours on the same line.
 * Data flows the other way round: request, client, record, facts, verdicts, cards, response.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['errors.ts', 'clock.ts', 'ids.ts', 'package-root.ts', 'prepared.ts'],
  ['schemas'],
  ['logic', 'yaml'],
  ['fhirpath'],
  ['protocol', 'record', 'auth', 'store', 'config'],
  ['instruments', 'orders'],
  ['facts'],
  ['verdicts'],
  ['cards'],
  ['receipt.ts', 'knowledge.ts'],
  ['assess.ts'],
  ['call-record.ts', 'cards-of.ts'],
  ['assess-again.ts'],
  ['road.ts', 'report'],
  ['check-data.ts'],
  ['sandbox'],
  ['http', 'cli'],
  ['bin'],
];

/** Who alone may import a library. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  fastify: ['http'],
  jose: ['auth'],
  fhirpath: ['fhirpath'],
  kysely: ['store'],
  pg: ['store'],
  libsql: ['store'],
  undici: ['record', 'auth'],
  'intl-messageformat': ['cards'],
  'prom-client': ['http', 'bin'],
  '@opentelemetry/api': ['http', 'bin'],
  '@opentelemetry/sdk-trace-base': ['bin'],
  pino: ['bin'],
  preact: [],
  yaml: ['yaml'],
};

const ROOT = resolve('src');
const floorOf = new Map(FLOORS.flatMap((rooms, floor) => rooms.map((room) => [room, floor] as const)));

interface Source {
  readonly file: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(folder: string): readonly Source[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'decisions' ? [] : sources(path);
    if (!/\.tsx?$/.test(entry.name)) return [];
    const text = readFileSync(path, 'utf8');
    const file = relative(ROOT, path);
    const imports = [...text.matchAll(/(?:from\s|import\s|import\(|require\()\s*'([^']+)'/g)].map((match) => match[1]!);
    return [{ file, room: file.split('/')[0]!, text, imports }];
  });
}

const everything = sources(ROOT);
/** The rooms of the server. */
const all = everything.filter(({ room }) => room !== 'web');
const pages = everything.filter(({ room }) => room === 'web');

describe('one road, one direction', () => {
  it('every file stands in a room of the house', () => {
    expect(all.filter(({ room }) => !floorOf.has(room)).map(({ file }) => file)).toEqual([]);
  });

  it('a room imports only rooms above it', () => {
    const wrong = all.flatMap(({ file, room, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(ROOT, resolve(ROOT, dirname(file), target)).replace(/\.js$/, '.ts'))
        .map((target) => ({ target, other: target.split('/')[0]! }))
        .filter(({ other }) => other !== room && !(floorOf.get(other)! < floorOf.get(room)!))
        .map(({ target }) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('the pages know the server over HTTP alone', () => {
    const wrong = pages.flatMap(({ file, imports }) =>
      imports
        .filter((target) => !/^(preact|markdown-it|fhir)(\/|$)/.test(target))
        .filter(
          (target) =>
            !target.startsWith('.') || relative(ROOT, resolve(ROOT, dirname(file), target)).split('/')[0] !== 'web',
        )
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('calls go out from the rooms that guard them', () => {
    const wrong = all.filter(
      ({ room, text }) => !['record', 'auth'].includes(room) && /(?<![\w.#])fetch\(/.test(withoutComments(text)),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('each library has its one room', () => {
    const wrong = all.flatMap(({ file, room, imports }) =>
      imports
        .map((target) => (target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0]!))
        .filter((name) => Object.hasOwn(OWNERS, name) && !OWNERS[name]!.includes(room))
        .map((name) => `${file} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('only the clock knows the time and only ids makes ids', () => {
    const wrong = all.filter(
      ({ file, text }) => !['clock.ts', 'ids.ts'].includes(file) && /Date\.now\(|new Date\(\)|randomUUID/.test(text),
    );
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('the engine knows no pain, no instrument and no Dutch sentence', () => {
    const clinical =
      /\b(pijn|pain|catastroph|hads|sf-?12|pdi|psk|fysio|physiother|psycholog|opioid|revalidat|rehabilitat)/i;
    const wrong = all
      .filter(({ room }) => !['bin', 'cli', 'sandbox', 'config'].includes(room))
      .filter(({ text }) => clinical.test(withoutComments(text)));
    expect(wrong.map(({ file, text }) => `${file}: ${clinical.exec(withoutComments(text))![0]}`)).toEqual([]);
  });

  it('no folder is a drawer for everything', () => {
    expect(everything.filter(({ file }) => /(^|\/)(utils?|helpers?|common|managers?)(\/|\.ts|-)/.test(file))).toEqual(
      [],
    );
  });

  it('no file is longer than four hundred lines', () => {
    expect(everything.filter(({ text }) => text.split('\n').length > 400).map(({ file }) => file)).toEqual([]);
  });
});

it('nothing is exported that no other file imports', () => {
  const files = ['src', 'test'].flatMap(scripts);
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const imported = new Set([...texts].flatMap(([file, text]) => importedBy(file, text)));
  const idle = files
    .filter((file) => file.startsWith('src/') && !imported.has(`${moduleOf(file)} *`))
    .flatMap((file) =>
      [...texts.get(file)!.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm)]
        .map((match) => match[1]!)
        .filter((name) => !imported.has(`${moduleOf(file)} ${name}`))
        .map((name) => `${file} exports ${name}`),
    );
  expect(idle).toEqual([]);
});

function scripts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** A file as imports name it, wherever they stand. */
function moduleOf(file: string): string {
  return relative(resolve('.'), resolve(file)).replace(/\.(js|ts)x?$/, '');
}

/** What a file imports of others, each as the module and the name there; `*` where it imports all. */
function importedBy(file: string, text: string): readonly string[] {
  const named = [...text.matchAll(/(?:import|export)\s(?:type\s)?[^;'"]*?(\{[^}]*\}|\*)[^;'"]*?from\s*'(\.[^']+)'/g)];
  const whole = [...text.matchAll(/import\(\s*'(\.[^']+)'/g)].map((match) => ['*', match[1]!] as const);
  return [...named.map((match) => [match[1]!, match[2]!] as const), ...whole].flatMap(([what, from]) => {
    const target = moduleOf(join(dirname(file), from));
    if (what === '*') return [`${target} *`];
    const names = what.slice(1, -1).split(',');
    return names.map(
      (name) =>
        `${target} ${
          name
            .trim()
            .replace(/^type\s/, '')
            .split(/\s/)[0]!
        }`,
    );
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}

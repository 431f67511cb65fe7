import { parseArgs } from 'node:util';
import { compileExpression } from '../../src/fhirpath/compile.js';
import { compileReference } from '../../src/fhirpath/reference.js';
import { bodiesOf, type Size, SIZES } from './bodies.js';
import { measuredEngine } from './measured-engine.js';
import { callWalker, dataWith, type Part, PARTS } from './one-call.js';
import { median } from './write-table.js';

/**
 * What each part of a call costs, and each FHIRPath expression, compiled and on fhirpath.js.
 *
 * `--size` a body; `--seconds` per measurement; `--top` how many expressions.
 */
const { values: asked } = parseArgs({
  options: {
    size: { type: 'string', default: '30 KB' },
    seconds: { type: 'string', default: '8' },
    top: { type: 'string', default: '40' },
  },
});
const size = SIZES.find((known) => known === asked.size);
if (size === undefined || size === '3 KB') throw new Error(`--size: one of ${SIZES.slice(1).join(', ')}`);
const seconds = Math.min(120, Number(asked.seconds));
const today = new Date().toISOString().slice(0, 10);

await measureParts(size);
await measureExpressions(size);
process.exit(0);

async function measureParts(of: Size): Promise<void> {
  const walk = callWalker(dataWith(), today);
  const texts = textsOf(of);
  await repeat(seconds / 2, texts, (text) => walk(text, () => undefined));
  const samples = new Map<Part, number[]>(PARTS.map((part) => [part, []]));
  const calls = await repeat(seconds, texts, (text) => walk(text, (part, ms) => samples.get(part)!.push(ms)));
  say(`${of}: ${calls} calls; microseconds per call (median, tenth percentile)`);
  for (const part of PARTS) {
    const sorted = samples.get(part)!.sort((a, b) => a - b);
    say(`${part.padEnd(18)} ${micros(median(sorted))} ${micros(sorted[Math.floor(sorted.length / 10)]!)}`);
  }
}

async function measureExpressions(of: Size): Promise<void> {
  const texts = textsOf(of);
  const engines = { compiled: measuredEngine(compileExpression), reference: measuredEngine(compileReference) };
  const perCall = new Map<string, Record<keyof typeof engines, number>>();
  for (const [name, engine] of Object.entries(engines) as [keyof typeof engines, (typeof engines)['compiled']][]) {
    const walk = callWalker(dataWith(engine.compile), today);
    await repeat(seconds / 2, texts, (text) => walk(text, () => undefined));
    engine.reset();
    const calls = await repeat(seconds, texts, (text) => walk(text, () => undefined));
    for (const { source, ms } of engine.costs) {
      const known = perCall.get(source) ?? { compiled: 0, reference: 0 };
      perCall.set(source, { ...known, [name]: known[name] + ms / calls });
    }
    const sum = (of: 'ms' | 'evaluations' | 'handOvers'): number =>
      engine.costs.reduce((total, cost) => total + cost[of], 0) / calls;
    say(
      `\n${name}: ${micros(sum('ms'))} us in ${sum('evaluations').toFixed(0)} evaluations a call, ${sum('handOvers')} handed over`,
    );
    for (const { source, handOvers } of engine.costs) if (handOvers > 0) say(`handed over: ${oneLine(source)}`);
  }
  say('\nmicroseconds per call, compiled and on fhirpath.js, by cost');
  const ranked = [...perCall].sort(([, a], [, b]) => b.compiled - a.compiled).slice(0, Number(asked.top));
  for (const [source, { compiled, reference }] of ranked)
    say(`${micros(compiled)} ${micros(reference)}  ${oneLine(source)}`);
}

/** Goes round the texts until the time is up. @returns how many calls that were */
async function repeat(
  forSeconds: number,
  texts: readonly string[],
  run: (text: string) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + forSeconds * 1000;
  let calls = 0;
  while (performance.now() < end) {
    await run(texts[calls % texts.length]!);
    calls += 1;
  }
  return calls;
}

function textsOf(of: Size): readonly string[] {
  return bodiesOf('docker/patients', today)[of].map((body) => JSON.stringify(body));
}

function micros(ms: number): string {
  return (ms * 1000).toFixed(1).padStart(9);
}

function oneLine(source: string): string {
  return source.replace(/\s+/g, ' ').slice(0, 160);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

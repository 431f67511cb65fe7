import { cpus, totalmem } from 'node:os';
import type { Size } from './bodies.js';
import { straightLine } from './straight-line.js';

/** One server under one load, over all rounds. */
export interface Cell {
  readonly server: string;
  readonly size: Size;
  readonly bodyKb: number;
  readonly connections: number;
  readonly rounds: readonly Round[];
}

export interface Round {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly rssMb: number;
  readonly delayMaxMs: number;
  readonly refused: number;
  /** As shares of the bare server in the same round. */
  readonly ratio: number;
  readonly cpuRatio: number;
  readonly p99Ratio: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The measurements as a table in Markdown, the machine above it. */
export function tableOf(cells: readonly Cell[], starts: Readonly<Record<string, number>>): string {
  const head = [
    ['body', 'connections', 'server', 'requests/s', 'share of bare (min-max)', 'CPU ms', 'bare CPU / CPU'],
    ['p50 ms', 'p99 ms', 'p99 / bare', 'loop delay max ms', 'RSS MB', 'refused'],
  ].flat();
  const rows = cells.map(({ server, size, bodyKb, connections, rounds }) => {
    const of = (name: keyof Round): number => median(rounds.map((round) => round[name]));
    const ratios = rounds.map(({ ratio }) => ratio);
    const spread = `${show(of('ratio'))} (${show(Math.min(...ratios))}-${show(Math.max(...ratios))})`;
    return [
      `${size} (${bodyKb.toFixed(0)} KB)`,
      connections,
      server,
      of('perSecond').toFixed(0),
      spread,
      show(of('cpuMs')),
      show(of('cpuRatio')),
      show(of('p50Ms')),
      show(of('p99Ms')),
      show(of('p99Ratio')),
      of('delayMaxMs').toFixed(0),
      of('rssMb').toFixed(0),
      rounds.reduce((sum, { refused }) => sum + refused, 0),
    ];
  });
  const line = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;
  const ready = Object.entries(starts).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
  return [
    machine(),
    `Start to ready (median): ${ready.join(', ')}.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    ...growth(cells).flatMap((sentence) => ['', sentence]),
  ].join('\n');
}

/** One chart, ten times and a hundred times as much of it. */
const GROWING: readonly Size[] = ['30 KB', '300 KB', '3 MB'];

/** How the cost of a call grows with its body, for each server that was measured with all sizes of one chart. */
function growth(cells: readonly Cell[]): readonly string[] {
  const series = new Map<string, Cell[]>();
  for (const cell of cells.filter(({ size }) => GROWING.includes(size))) {
    const name = `${cell.server}, ${cell.connections} connections`;
    series.set(name, [...(series.get(name) ?? []), cell]);
  }
  return [...series].flatMap(([name, sizes]) => {
    if (sizes.length < GROWING.length) return [];
    const { start, slope, furthest } = straightLine(
      sizes.map(({ bodyKb, rounds }) => ({ x: bodyKb, y: median(rounds.map(({ cpuMs }) => cpuMs)) })),
    );
    const percent = `${(furthest * 100).toFixed(0)} percent`;
    return [
      `${name}: ${show(start)} ms CPU a call and ${show(slope)} for each KB; the size furthest from this line is ${percent} off.`,
    ];
  });
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GB; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}.`;
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

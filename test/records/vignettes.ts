import { readFileSync } from 'node:fs';
import type { Outcome, Status } from '../../src/schemas/verdict.js';

/** J yes, N no, O not recorded, B doubtful: the vocabulary of the clinical criteria. */
export type Mark = 'J' | 'N' | 'O' | 'B';

export type SeriesKind = 'fysio' | 'psf' | 'oefen' | 'ergo' | 'psycholoog' | 'poh' | 'unknown';

/** The sessions of one discipline: every session date, or only the first and last day (number not known). */
export interface Series {
  readonly kind: SeriesKind;
  readonly sessions?: readonly string[];
  readonly first?: string;
  readonly last?: string;
}

/** Which instruments were taken; null or absent when not. Totals, except the twelve printed SF-12 answers. */
export interface InstrumentFacts {
  readonly avp?: boolean | null;
  readonly pdi?: number | null;
  readonly psk?: readonly number[] | null;
  readonly sf12?: readonly (number | null)[] | null;
  readonly was?: number | null;
  /** Anxiety and depression. */
  readonly hads?: readonly [number, number] | null;
  /** Pain catastrophizing. */
  readonly pcs?: number | null;
  readonly nrs?: number | null;
}

export type MarkedFact =
  | 'INC-1.3'
  | 'INC-1.4'
  | 'INC-2.1'
  | 'INC-2.3'
  | 'INC-3.1'
  | 'INC-3.2'
  | 'INC-4.1'
  | 'INC-5.E'
  | 'INC-5.F'
  | 'INC-6.1'
  | 'INC-6.2'
  | 'INC-7'
  | 'INC-8.1'
  | 'INC-8.2'
  | 'INC-8.3'
  | 'EXC-1'
  | 'EXC-2'
  | 'EXC-3'
  | 'EXC-5'
  | 'STD-1'
  | 'STD-2';

export interface VignetteFacts extends Readonly<Record<MarkedFact, Mark>> {
  readonly birth: string | null;
  readonly msk: Mark;
  readonly onset: string | null;
  readonly recurrent: boolean | null;
  readonly wpn: number | null;
  readonly participation: Mark | 'threatened';
  readonly template_missing: readonly string[];
  readonly refinfo_missing: readonly string[];
  readonly instr: InstrumentFacts;
  readonly series: readonly Series[];
  readonly declared_none: readonly ('A' | 'B' | 'C')[];
  readonly med: { readonly impeding: Mark; readonly willing: Mark };
  readonly indicated: string | null;
  readonly started: string | null;
}

/** One synthetic patient with the verdicts that the indication phase must give. */
export interface Vignette {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly why: string;
  readonly asOf: string;
  readonly referredOn: string;
  readonly facts: VignetteFacts;
  readonly expected: { readonly outcome: Outcome; readonly criteria: Readonly<Record<string, Status>> };
}

const file = new URL('./vignettes.json', import.meta.url);

export const vignettes: readonly Vignette[] = (
  JSON.parse(readFileSync(file, 'utf8')) as { readonly vignettes: readonly Vignette[] }
).vignettes;

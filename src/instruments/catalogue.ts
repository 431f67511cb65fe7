import type { Instrument, ScoreDefinition } from '../schemas/instrument.js';
import { codeKey } from './codes.js';

/** Instruments by what a record names them with. */
export interface Catalogue {
  /** The instrument a canonical (with or without `|version`) names, and whether that form may be scored. */
  byCanonical(canonical: string): Named | undefined;
  /** The scores that `system|code` stands for, each with its instrument. */
  byCode(code: string): Meaning | undefined;
}

export interface Meaning {
  readonly instrument: Instrument;
  readonly score: ScoreDefinition;
}

interface Named {
  readonly instrument: Instrument;
  readonly refused: boolean;
}

const catalogues = new WeakMap<readonly Instrument[], Catalogue>();

/** The catalogue of a list of instruments, made once per list. */
export function catalogueOf(instruments: readonly Instrument[]): Catalogue {
  const known = catalogues.get(instruments);
  if (known !== undefined) return known;
  const made = makeCatalogue(instruments);
  catalogues.set(instruments, made);
  return made;
}

function makeCatalogue(instruments: readonly Instrument[]): Catalogue {
  const forms = new Map(
    instruments.flatMap((instrument) =>
      instrument.questionnaire === undefined ? [] : [[instrument.questionnaire.canonical, instrument] as const],
    ),
  );
  const codes = new Map(
    instruments.flatMap((instrument) =>
      instrument.scores.flatMap((score) =>
        score.codes.map((coding) => [codeKey(coding), { instrument, score }] as const),
      ),
    ),
  );
  const refused = instruments.flatMap((instrument) =>
    (instrument.questionnaire?.refused ?? []).map((pattern) => ({ instrument, pattern: new RegExp(pattern, 'u') })),
  );
  const named = (canonical: string): Named | undefined => {
    const other = refused.find(({ pattern }) => pattern.test(canonical));
    if (other !== undefined) return { instrument: other.instrument, refused: true };
    const instrument = forms.get(canonical.split('|', 1)[0] ?? canonical);
    return instrument === undefined ? undefined : { instrument, refused: false };
  };
  // A record names the same few forms again and again; names that no instrument has are not worth the room.
  const seen = new Map<string, Named>();
  return {
    byCanonical(canonical) {
      const known = seen.get(canonical) ?? named(canonical);
      if (known !== undefined && canonical.length <= LONGEST && seen.size < REMEMBERED) seen.set(canonical, known);
      return known;
    },
    byCode: (code) => codes.get(code),
  };
}

/** Canonicals with their versions, of a length that a sender cannot fill the memory with. */
const LONGEST = 200;
const REMEMBERED = 200;

/** A code of a site's own that means one of the known scores. */
export interface SiteCode {
  readonly system: string;
  readonly code: string;
  /** Id of the score, as its instrument names it. */
  readonly score: string;
}

/**
 * Instruments that also accept a site's own codes. Codes for scores that do not exist, or that are taken, are given back.
 *
 * @param others measurements that are no score of an instrument, and may have codes of a site as well
 */
export function withSiteCodes(
  instruments: readonly Instrument[],
  siteCodes: readonly SiteCode[],
  others: ReadonlySet<string> = new Set(),
): { readonly instruments: readonly Instrument[]; readonly rejected: readonly SiteCode[] } {
  const scores = new Set([...others, ...instruments.flatMap(({ scores }) => scores.map(({ id }) => id))]);
  const meaning = new Map<string, string>();
  for (const { scores } of instruments)
    for (const { id, codes } of scores) for (const c of codes) meaning.set(codeKey(c), id);
  const rejected: SiteCode[] = [];
  const accepted: SiteCode[] = [];
  for (const siteCode of siteCodes) {
    const key = codeKey(siteCode);
    if (!scores.has(siteCode.score) || (meaning.get(key) ?? siteCode.score) !== siteCode.score) rejected.push(siteCode);
    else if (!meaning.has(key)) {
      meaning.set(key, siteCode.score);
      accepted.push(siteCode);
    }
  }
  const extended = instruments.map((instrument) => ({
    ...instrument,
    scores: instrument.scores.map((score) => ({
      ...score,
      codes: [
        ...score.codes,
        ...accepted.filter((own) => own.score === score.id).map(({ system, code }) => ({ system, code })),
      ],
    })),
  }));
  return { instruments: extended, rejected };
}

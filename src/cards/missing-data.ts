import type { Language } from '../schemas/service.js';
import type { Verdict } from '../schemas/verdict.js';
import type { CardLibrary } from './library.js';

/** One datum that is missing, with who can supply it and the criteria that wait for it. */
export interface MissingDatum {
  readonly id: string;
  readonly term: string;
  /** Why what is there does not tell it. */
  readonly doubt?: string | undefined;
  readonly supplier: string;
  /** The questionnaire that gives it, when a patient can be asked to fill one in. */
  readonly questionnaire: string | undefined;
  readonly criteria: readonly Verdict[];
}

/** The name of a missing datum: a term, the title of a criterion, or what a resource type holds. */
export function termOf(library: CardLibrary, id: string, language: Language): string {
  const { missing, resourceTypes } = library.terms;
  return (
    missing[id]?.term[language] ?? library.criteria.get(id)?.title[language] ?? resourceTypes[id]?.[language] ?? id
  );
}

/**
 * What is missing for some verdicts, each datum once, in the order in which the suppliers are listed. A criterion that
 * waits for others is told by what those others miss.
 */
export function missingData(
  library: CardLibrary,
  verdicts: readonly Verdict[],
  all: ReadonlyMap<string, Verdict>,
  language: Language,
): readonly MissingDatum[] {
  if (verdicts.length === 0) return [];
  const found = new Map<string, MissingDatum & { readonly criteria: Verdict[] }>();
  const add = (verdict: Verdict, datum: Omit<MissingDatum, 'criteria'>): void => {
    // Two data that are called the same are one to who has to supply them.
    const key = `${datum.supplier}/${datum.term}`;
    const known = found.get(key);
    if (known === undefined) {
      found.set(key, { ...datum, criteria: [verdict] });
      return;
    }
    if (!known.criteria.includes(verdict)) known.criteria.push(verdict);
    // That something is there and does not tell it is worth knowing, whichever of them says so.
    if (known.doubt === undefined && datum.doubt !== undefined) found.set(key, { ...known, doubt: datum.doubt });
  };
  const gapSupplier = library.general.file.gapSupplier;
  const collect = (verdict: Verdict): void => {
    const gap = library.terms.gaps[verdict.reason]?.[language];
    const parts = library.criteria.get(verdict.id)?.parts ?? [];
    for (const id of verdict.missing) {
      const part = parts.includes(id) ? all.get(id) : undefined;
      if (part !== undefined) collect(part);
      else if (gap !== undefined) {
        const term = `${termOf(library, id, language)} (${gap})`;
        add(verdict, { id: `${verdict.reason}/${id}`, term, supplier: gapSupplier, questionnaire: undefined });
      } else {
        const known = library.terms.missing[id];
        const supplier = known?.supplier ?? gapSupplier;
        const doubt = library.terms.doubts[verdict.reason]?.[language];
        add(verdict, { id, term: termOf(library, id, language), doubt, supplier, questionnaire: known?.questionnaire });
      }
    }
    // What asks for a judgement lacks nothing that anyone could send.
    if (verdict.missing.length === 0 && verdict.status === 'unknown') {
      add(verdict, {
        id: verdict.id,
        term: termOf(library, verdict.id, language),
        supplier: gapSupplier,
        questionnaire: undefined,
      });
    }
  };
  for (const verdict of verdicts) collect(verdict);
  const rank = library.supplierRank;
  const rankOf = ({ supplier }: MissingDatum): number => rank.get(supplier) ?? rank.size;
  return [...found.values()].sort((a, b) => rankOf(a) - rankOf(b));
}

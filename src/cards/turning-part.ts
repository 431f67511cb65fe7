import type { Verdict } from '../schemas/verdict.js';
import type { CardLibrary } from './library.js';

/** The one part on which a verdict turns, as the figure tells that its texts name for it; nothing where no single part decides. */
export function turningPart(
  { library, byId }: { readonly library: CardLibrary; readonly byId: ReadonlyMap<string, Verdict> },
  verdict: Verdict,
): Verdict | undefined {
  const figure = library.criteria.get(verdict.id)?.turnsOn;
  const part = figure === undefined ? undefined : verdict.figures[figure];
  return typeof part === 'string' ? byId.get(part) : undefined;
}

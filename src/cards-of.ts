import type { Assessed } from './assess.js';
import type { CardRequest } from './cards/card-request.js';
import type { CardLibrary } from './cards/library.js';
import { renderCards } from './cards/render-cards.js';
import type { NewId } from './ids.js';
import type { Knowledge } from './knowledge.js';
import type { RenderedCard } from './schemas/rendered-card.js';
import type { Language } from './schemas/service.js';

/** What the cards of every order are made with. */
export interface CardMaker {
  readonly knowledge: Knowledge;
  readonly library: CardLibrary;
  readonly newId: NewId;
}

/** The cards about one order that was assessed, the same on the wire and on the command line. */
export function cardsOf(
  assessed: Assessed,
  { knowledge, library, newId }: CardMaker,
  language: Language,
  onTheWire: Pick<CardRequest, 'oneOfSeveral' | 'lostNumbers' | 'reportUrl'> = {},
): readonly RenderedCard[] {
  return renderCards({
    ...assessed,
    ...onTheWire,
    library,
    language,
    newId,
    problems: assessed.scores.problems,
    protocol: knowledge.protocols.get(assessed.service.protocol)!.protocol,
  });
}

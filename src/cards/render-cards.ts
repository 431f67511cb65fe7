import type { BlockName } from '../schemas/card-files.js';
import type { Card, Coding, Link } from '../schemas/card.js';
import type { RenderedCard } from '../schemas/rendered-card.js';
import { readingsDiffer } from './blocks/readings-block.js';
import type { CardRequest } from './card-request.js';
import { type ChosenCard, chooseCards } from './choose-cards.js';
import { detailOf } from './detail.js';
import { situationOf, type Situation } from './situation.js';
import { suggest } from './suggestions/suggest.js';
import { summaryOf } from './summary.js';

/** Keys of this project in the `extension` of a card. */
const EXTENSION = { order: 'nl.imsr-cds.order', kind: 'nl.imsr-cds.kind' } as const;

/**
 * The cards about one order. Pure but for the ids it asks for: the same assessment, texts and ids give the same cards.
 *
 * @returns at most three cards, the most pressing first
 * @source CDS Hooks 2.0.1, Card Attributes
 */
export function renderCards(request: CardRequest): readonly RenderedCard[] {
  const situation = situationOf(request);
  const shown = new Set<BlockName>();
  const offered = new Set<string>();
  return chooseCards(request.library, situation).map((chosen, index) => ({
    kind: chosen.template.id,
    card: cardOf(situation, chosen, { beside: index > 0, shown, offered }),
  }));
}

/** What the cards before this one, about the same order, have said and offered already. */
interface Before {
  readonly beside: boolean;
  readonly shown: Set<BlockName>;
  readonly offered: Set<string>;
}

function cardOf(situation: Situation, { template, indicator }: ChosenCard, { beside, shown, offered }: Before): Card {
  const { language, protocol, assessment, newId } = situation;
  const { system, code, display } = protocol.file.topic;
  const suggestions = suggest(situation, template, offered);
  const overrideReasons = template.overridable ? overrideReasonsOf(situation, template.id) : [];
  return {
    uuid: newId(),
    summary: summaryOf(situation, template, beside),
    detail: detailOf(situation, template, shown),
    indicator,
    source: {
      label: protocol.file.sourceLabel[language],
      url: protocol.file.sourceUrl,
      topic: { system, code, display: display[language] },
    },
    ...(suggestions.length === 0 ? {} : { suggestions, selectionBehavior: template.selectionBehavior }),
    ...(overrideReasons.length === 0 ? {} : { overrideReasons }),
    links: linksOf(situation),
    extension: { [EXTENSION.order]: assessment.order, [EXTENSION.kind]: template.id },
  };
}

/** The reasons of a service that can be true for what a card says. */
function overrideReasonsOf(
  { library, language, assessment, transition }: Situation,
  template: string,
): readonly Coding[] {
  const { system, reasons, services, only = {}, whereReadingsDiffer = [], until = {} } = library.overrideReasons;
  const areAlike = !assessment.criteria.some(readingsDiffer);
  return (services[assessment.service] ?? []).flatMap((code) => {
    const lastDay = transition[until[code] ?? ''];
    const isOver = typeof lastDay === 'string' && assessment.asOf > lastDay;
    if (isOver || only[code]?.includes(template) === false) return [];
    if (areAlike && whereReadingsDiffer.includes(code)) return [];
    const display = reasons[code]?.[language];
    return display === undefined ? [] : [{ system, code, display }];
  });
}

function linksOf({ library, language, protocol, reportUrl }: Situation): readonly Link[] {
  const { sourceLink, reportLink } = library.general.file;
  const links: Link[] = [{ label: sourceLink[language], url: protocol.file.sourceUrl, type: 'absolute' }];
  if (reportUrl !== undefined) links.push({ label: reportLink[language], url: reportUrl, type: 'absolute' });
  return links;
}

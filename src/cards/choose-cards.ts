import type { CardLibrary, Template } from './library.js';
import type { Situation } from './situation.js';

export interface ChosenCard {
  readonly template: Template;
  readonly indicator: 'info' | 'warning';
}

/** The cards that an assessment gets: the first choice that fits, without the cards that have nothing to say. */
export function chooseCards(library: CardLibrary, { assessment, groups }: Situation): readonly ChosenCard[] {
  const choice = library.choices.find(
    ({ when }) =>
      (when.service === undefined || when.service === assessment.service) &&
      (when.outcome === undefined || when.outcome === assessment.outcome) &&
      (when.regime === undefined || when.regime === assessment.regime),
  );
  const chosen: ChosenCard[] = [];
  for (const card of choice?.cards ?? []) {
    if (card.needs === 'open' && groups.open.length === 0) continue;
    if (card.needs === 'judge' && groups.judge.length === 0) continue;
    if (card.needs === 'failing-or-judge' && groups.failing.length + groups.judge.length === 0) continue;
    const template = library.templates.get(card.template);
    if (template !== undefined) chosen.push({ template, indicator: card.indicator ?? template.indicator });
  }
  return chosen;
}

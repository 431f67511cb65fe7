import type { Protocol } from '../protocol/protocol.js';
import type { ServiceDefinition } from '../schemas/service.js';
import { OUTCOMES, REGIMES_OF_ENGINE } from '../schemas/verdict.js';
import type { Finding } from '../yaml/findings.js';
import { demandWith, findInto } from './find-at-place.js';
import type { CardLibrary } from './library.js';
import { monthsIn } from './months-before.js';

/**
 * What is wrong between services and what they show: an outcome for which no card is chosen, a service without reasons, and names of services,
 * regimes, phases, criteria and parameters that there are not. A name that leads nowhere would leave something out
 * without a word.
 */
export function checkChoices(
  { choices, overrideReasons, suggestions, general, places }: CardLibrary,
  services: readonly Pick<ServiceDefinition, 'id'>[],
  protocols: readonly Protocol[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const find = findInto(findings);
  const mustBe = demandWith(find);
  const versions = protocols.flatMap((protocol) => protocol.versions);
  const serviceIds = new Set(services.map(({ id }) => id));
  const regimes = new Set([...versions.flatMap(({ file: { regime } }) => regimesOf(regime)), ...REGIMES_OF_ENGINE]);
  for (const [index, { when }] of choices.entries()) {
    if (when.service !== undefined)
      mustBe(places.choices, ['choices', index, 'when', 'service'], when.service, serviceIds);
    if (when.regime !== undefined) mustBe(places.choices, ['choices', index, 'when', 'regime'], when.regime, regimes);
  }
  for (const service of serviceIds) {
    for (const outcome of OUTCOMES) {
      // What holds for one regime only leaves the others without a card.
      const chosen = choices.some(
        ({ when }) =>
          (when.service ?? service) === service && (when.outcome ?? outcome) === outcome && when.regime === undefined,
      );
      if (chosen) continue;
      const found = `no choice for ${service} with outcome ${outcome}`;
      find(places.choices, ['choices'], found, 'a card for every outcome of every service');
    }
  }
  for (const service of Object.keys(overrideReasons.services))
    mustBe(places.overrideReasons, ['services', service], service, serviceIds);
  for (const service of serviceIds) {
    if (Object.hasOwn(overrideReasons.services, service)) continue;
    find(places.overrideReasons, ['services'], `no reasons for ${service}`, 'reasons for every service');
  }
  const figures = new Set(versions.flatMap(({ file }) => Object.keys(file.transition.figures ?? {})));
  for (const [code, figure] of Object.entries(overrideReasons.until ?? {}))
    mustBe(places.overrideReasons, ['until', code], figure, figures);

  const phases = new Set(versions.flatMap(({ file }) => file.phases));
  const criteria = new Set(versions.flatMap((version) => version.criteria.map(({ id }) => id)));
  for (const { file } of suggestions) {
    const place = places.suggestions.get(file.id)!;
    for (const [index, phase] of file.phases.entries()) mustBe(place, ['phases', index], phase, phases);
    if (file.build === 'refer-back') mustBe(place, ['criterion'], file.criterion, criteria);
  }
  const inMonths = protocols
    .flatMap(({ parameters }) => parameters)
    .filter(({ steps }) =>
      steps.every(({ value }) => value === null || (typeof value === 'string' && monthsIn(value) !== undefined)),
    );
  mustBe(places.general, ['ageParameter'], general.file.ageParameter, new Set(inMonths.map(({ name }) => name)));
  return findings;
}

function regimesOf({ answers, otherwise }: Protocol['versions'][number]['file']['regime']): readonly string[] {
  return [...answers.map(({ regime }) => regime), otherwise];
}

import { type Questionnaire, questionnaireItems } from '../protocol/questionnaire.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument } from '../schemas/instrument.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { LoadedInstruments } from './load.js';

/**
 * Where an instrument and the form that its patients fill in say different things: a form that is not there although others are,
 * items that one of them does not have, and other ends of a range. What is filled in would then give no score.
 */
export function checkForms(
  { value: instruments = [], documents }: LoadedInstruments,
  questionnaires: readonly Questionnaire[],
): readonly Finding[] {
  const byUrl = new Map(questionnaires.map((form) => [form.value['url'], form]));
  return instruments.flatMap((instrument) => {
    const canonical = instrument.questionnaire?.canonical;
    if (canonical === undefined) return [];
    const form = byUrl.get(canonical);
    if (form !== undefined) return differences(instrument, form);
    const expected = 'the url of a Questionnaire under questionnaires/';
    return [findingAt(documents.get(instrument.id)!, ['questionnaire', 'canonical'], canonical, expected)];
  });
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function differences({ id, items = [] }: Instrument, form: Questionnaire): readonly Finding[] {
  const ranges = new Map(items.flatMap(({ linkIds, min, max }) => linkIds.map((linkId) => [linkId, { min, max }])));
  const findings: Finding[] = [];
  for (const { item, path } of questionnaireItems(form)) {
    const { linkId, type } = item;
    const range = ranges.get(String(linkId));
    ranges.delete(String(linkId));
    if (range !== undefined)
      findings.push(...otherRange(item, range).map(({ found, expected }) => form.find(path, found, expected)));
    // Other items are no part of a score.
    else if (type === 'integer')
      findings.push(form.find([...path, 'linkId'], String(linkId), `an item of the instrument ${id}`));
  }
  if (ranges.size > 0)
    findings.push(
      form.find(['item'], `no item ${[...ranges.keys()].join(', ')}`, `every item of the instrument ${id}`),
    );
  return findings;
}

/** @source http://hl7.org/fhir/StructureDefinition/minValue and maxValue */
const ENDS = {
  min: 'http://hl7.org/fhir/StructureDefinition/minValue',
  max: 'http://hl7.org/fhir/StructureDefinition/maxValue',
};

function otherRange(
  { extension }: Json,
  range: Range,
): readonly { readonly found: string; readonly expected: string }[] {
  const extensions = Array.isArray(extension) ? (extension as readonly unknown[]).filter(isObject) : [];
  return (['min', 'max'] as const).flatMap((end) => {
    const told = extensions.find(({ url }) => url === ENDS[end])?.['valueInteger'];
    if (told === undefined || told === range[end]) return [];
    return [{ found: `${end} ${JSON.stringify(told)}`, expected: `${range[end]}, as its instrument has` }];
  });
}

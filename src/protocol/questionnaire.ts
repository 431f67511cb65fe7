import { isObject, type Json } from '../schemas/json-object.js';
import type { PathStep } from '../yaml/document.js';
import type { Finding } from '../yaml/findings.js';

/** A FHIR Questionnaire in JSON, and a finding at a place in its file. */
export interface Questionnaire {
  readonly value: Json;
  readonly find: (path: readonly PathStep[], found: string, expected: string) => Finding;
}

/** An item of a Questionnaire and where it stands. */
export interface QuestionnaireItem {
  readonly item: Json;
  readonly path: readonly PathStep[];
}

/** All items, those inside others among them. */
export function questionnaireItems({ value }: Pick<Questionnaire, 'value'>): readonly QuestionnaireItem[] {
  return itemsUnder(value, []);
}

function itemsUnder(holder: Json, base: readonly PathStep[]): readonly QuestionnaireItem[] {
  return [holder['item']].flat().flatMap((item: unknown, index) => {
    const path = [...base, 'item', index];
    return isObject(item) ? [{ item, path }, ...itemsUnder(item, path)] : [];
  });
}

/** @source https://hl7.org/fhir/R4/valueset-publication-status.html */
const STATUSES: readonly unknown[] = ['draft', 'active', 'retired', 'unknown'];

/** @source https://hl7.org/fhir/R4/valueset-item-type.html */
const TYPES: readonly unknown[] = [
  ...['group', 'display', 'boolean', 'decimal', 'integer', 'date', 'dateTime', 'time', 'string', 'text', 'url'],
  ...['choice', 'open-choice', 'attachment', 'reference', 'quantity'],
];

/** What is wrong with a form by itself: codes that R4 does not have, and items of one name. */
export function checkQuestionnaire(form: Questionnaire): readonly Finding[] {
  const findings: Finding[] = [];
  const mustBe = (path: readonly PathStep[], found: unknown, codes: readonly unknown[]): void => {
    if (!codes.includes(found))
      findings.push(form.find(path, found === undefined ? 'nothing' : JSON.stringify(found), codes.join(' | ')));
  };
  mustBe(['status'], form.value['status'], STATUSES);
  const known = new Set<unknown>();
  for (const { item, path } of questionnaireItems(form)) {
    const { linkId, type } = item;
    mustBe([...path, 'type'], type, TYPES);
    if (known.has(linkId))
      findings.push(form.find([...path, 'linkId'], `${JSON.stringify(linkId)} again`, 'every linkId once'));
    known.add(linkId);
  }
  return findings;
}

import { readdirSync, readFileSync } from 'node:fs';
import type { Element, Questionnaire, QuestionnaireItem } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { r4Errors } from '../records/r4-validator.js';
import { BASE, instruments } from './records.js';

const DIRECTORY = 'hooks/imsr/questionnaires';
const questionnaires = new Map(
  readdirSync(DIRECTORY).map((name) => [
    name.replace(/\.json$/, ''),
    JSON.parse(readFileSync(`${DIRECTORY}/${name}`, 'utf8')) as Questionnaire,
  ]),
);
const flat = (items: readonly QuestionnaireItem[] = []): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...flat(item.item)]);
const itemsOf = (id: string): readonly QuestionnaireItem[] => flat(questionnaires.get(id)?.item);
const english = (element: Element | undefined): unknown =>
  element?.extension?.map((extension) => {
    const parts = (extension as { extension?: { url: string; valueCode?: string; valueString?: string }[] }).extension;
    return parts?.find(({ url }) => url === 'lang')?.valueCode === 'en'
      ? parts.find(({ url }) => url === 'content')?.valueString
      : undefined;
  })[0];

interface Row {
  readonly form: string;
  readonly linkId: string;
  readonly type: string;
  readonly repeats: boolean;
  readonly answers: readonly string[];
}

/** The fixed form definitions: form, linkId, type, repeats, answers. */
const rows: readonly Row[] = readFileSync('test/instruments/forms.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [form = '', linkId = '', type = '', repeats = '', answers = ''] = line.split(',');
    return { form, linkId, type, repeats: repeats === 'yes', answers: answers === '' ? [] : answers.split('|') };
  });

describe.each([...questionnaires])('%s', (id, questionnaire) => {
  it('is a valid R4 Questionnaire', () => {
    expect(r4Errors(questionnaire)).toEqual([]);
  });

  it('names itself, its language and its version', () => {
    expect(questionnaire).toMatchObject({
      resourceType: 'Questionnaire',
      id,
      url: `${BASE}/Questionnaire/${id}`,
      version: '1.0.0',
      status: 'active',
      language: 'nl',
      subjectType: ['Patient'],
    });
    expect(questionnaire.publisher).toBeUndefined();
    expect(questionnaire.name).toMatch(/^[A-Z][A-Za-z0-9_]{0,254}$/);
  });

  it('has every linkId once', () => {
    const linkIds = itemsOf(id).map(({ linkId }) => linkId);
    expect(new Set(linkIds).size).toBe(linkIds.length);
  });

  it('says everything in Dutch and in English', () => {
    expect(questionnaire.title).toBeTruthy();
    expect(english(questionnaire._title)).toBeTruthy();
    for (const { text, _text, answerOption } of itemsOf(id)) {
      expect(text).toBeTruthy();
      expect(english(_text)).toBeTruthy();
      for (const { valueCoding } of answerOption ?? []) {
        if (valueCoding === undefined) continue;
        expect(valueCoding.display).toBeTruthy();
        expect(english(valueCoding._display)).toBeTruthy();
      }
    }
  });

  it('asks nothing that must be answered: what is left open stays unknown', () => {
    expect(itemsOf(id).filter(({ required }) => required === true)).toEqual([]);
  });
});

describe.each(['imsr-referral-form', 'imsr-intake-form'])('%s', (id) => {
  it('has exactly the items, types and answers of the fixed definitions, in their order', () => {
    const expected = rows.filter(({ form }) => form === 'both' || form === id);
    expect(expected.length).toBeGreaterThan(10);
    expect(
      itemsOf(id).map(({ linkId, type, repeats, answerOption }) => ({
        linkId,
        type,
        repeats: repeats === true,
        answers: (answerOption ?? []).map(({ valueCoding, valueInteger }) => valueCoding?.code ?? `${valueInteger}`),
      })),
    ).toEqual(expected.map(({ linkId, type, repeats, answers }) => ({ linkId, type, repeats, answers })));
  });

  it('takes its answers from the own code system', () => {
    const systems = itemsOf(id).flatMap(({ answerOption }) =>
      (answerOption ?? []).flatMap(({ valueCoding }) => valueCoding?.system ?? []),
    );
    expect(new Set(systems)).toEqual(new Set([`${BASE}/CodeSystem/imsr-answer`]));
  });

  it('is flat but for the rows of treatment', () => {
    expect(
      questionnaires
        .get(id)
        ?.item?.filter(({ item }) => item !== undefined)
        .map(({ linkId }) => linkId),
    ).toEqual(['treatment']);
  });
});

describe('the questionnaires of instruments', () => {
  const limit = (item: QuestionnaireItem | undefined, name: string): number | undefined =>
    item?.extension?.find(({ url }) => url === `http://hl7.org/fhir/StructureDefinition/${name}`)?.valueInteger;

  it.each(instruments.filter(({ questionnaire }) => questionnaire !== undefined))(
    '$id asks the scored items in their range',
    (instrument) => {
      for (const { linkIds, min, max } of instrument.items ?? []) {
        for (const linkId of linkIds) {
          const item = itemsOf(instrument.id).find((one) => one.linkId === linkId);
          expect([item?.type, limit(item, 'minValue'), limit(item, 'maxValue')]).toEqual(['integer', min, max]);
        }
      }
      const scored = (instrument.items ?? []).reduce((sum, { linkIds }) => sum + linkIds.length, 0);
      expect(itemsOf(instrument.id).filter(({ type }) => type === 'integer')).toHaveLength(scored);
    },
  );

  it.each(instruments.filter(({ protection, items }) => protection.itemTexts === 'protected' && items !== undefined))(
    '$id holds no text of a protected item',
    ({ id }) => {
      for (const { linkId, text } of itemsOf(id)) expect(text).toBe(`Vraag ${linkId}`);
    },
  );
});

import { isObject, type Json } from '../schemas/json-object.js';
import type { Instrument } from '../schemas/instrument.js';
import { choiceValue } from './choice-value.js';

/** What can be said about one item: its score, or why there is none. */
export type ItemReading = number | 'unanswered' | 'unreadable' | 'out-of-range';

/** Extensions that carry the score of a coded answer; the second is the newer name of the first. */
const SCORE_EXTENSIONS: ReadonlySet<unknown> = new Set([
  'http://hl7.org/fhir/StructureDefinition/ordinalValue',
  'http://hl7.org/fhir/StructureDefinition/itemWeight',
]);

/** The items of a form under their linkId, however deep they are nested; an item that stands twice is there twice. */
export type FormItems = ReadonlyMap<string, readonly Json[]>;

/**
 * Collects the items below a QuestionnaireResponse or one of its groups. It walks without recursion: a record may
 * be nested as deep as its sender likes.
 */
export function formItems(root: Json): FormItems {
  const items = new Map<string, Json[]>();
  const pending: unknown[] = [root['item']];
  while (pending.length > 0) {
    const list = pending.pop();
    if (!Array.isArray(list)) continue;
    for (const item of list) {
      if (!isObject(item)) continue;
      const linkId = item['linkId'];
      if (typeof linkId === 'string') {
        const same = items.get(linkId);
        if (same === undefined) items.set(linkId, [item]);
        else same.push(item);
      }
      if (item['item'] !== undefined) pending.push(item['item']);
      const answers = item['answer'];
      if (!Array.isArray(answers)) continue;
      for (const answer of answers) if (isObject(answer) && answer['item'] !== undefined) pending.push(answer['item']);
    }
  }
  return items;
}

/** The range of answers that each item of an instrument has, by linkId. */
export type ItemRanges = ReadonlyMap<string, { readonly min: number; readonly max: number }>;

const rangesOfInstrument = new WeakMap<Instrument, ItemRanges>();

/** The ranges of an instrument's items, made once per instrument. */
export function itemRanges(instrument: Instrument): ItemRanges {
  const known = rangesOfInstrument.get(instrument);
  if (known !== undefined) return known;
  const groups = instrument.items ?? [];
  const made = new Map(groups.flatMap((group) => group.linkIds.map((linkId) => [linkId, group] as const)));
  rangesOfInstrument.set(instrument, made);
  return made;
}

/**
 * Reads the score of one item. Several answers count as one when they agree; when one of them cannot be read, or two
 * differ, the item is unreadable, and so it is by a fraction. A number outside the item's range says so.
 */
export function readItem(instrument: Instrument, items: FormItems, linkId: string): ItemReading {
  const range = itemRanges(instrument).get(linkId);
  const found = items.get(linkId);
  if (range === undefined || found === undefined) return 'unanswered';
  let reading: ItemReading = 'unanswered';
  let outside = false;
  let disagreement = false;
  for (const item of found) {
    const answers = item['answer'];
    if (answers === undefined) continue;
    for (const answer of Array.isArray(answers) ? answers : [undefined]) {
      const value = answerScore(instrument, linkId, answer);
      if (value === undefined) disagreement = true;
      else if (value < range.min || value > range.max) outside = true;
      else if (!Number.isInteger(value)) disagreement = true;
      else if (reading === 'unanswered') reading = value;
      else if (reading !== value) disagreement = true;
    }
  }
  if (outside) return 'out-of-range';
  return disagreement ? 'unreadable' : reading;
}

/** The number that one answer stands for; nothing when it stands for none, or for several. */
function answerScore(instrument: Instrument, linkId: string, answer: unknown): number | undefined {
  if (!isObject(answer)) return undefined;
  const choice = choiceValue(answer);
  if (choice === undefined || choice === 'several') return undefined;
  const { kind, value } = choice;
  if (kind === 'valueInteger' || kind === 'valueDecimal') return finiteNumber(value);
  if (kind !== 'valueCoding' || !isObject(value)) return undefined;
  const carried = carriedScore(value);
  return carried === 'unreadable' ? undefined : (carried ?? tableScore(instrument, linkId, value));
}

/** The score that the extensions of a coding give it; nothing when there is no such extension. */
function carriedScore(coding: Json): number | 'unreadable' | undefined {
  const extensions = coding['extension'];
  if (!Array.isArray(extensions)) return undefined;
  const scores = new Set(
    extensions
      .filter((extension): extension is Json => isObject(extension) && SCORE_EXTENSIONS.has(extension['url']))
      .map((extension) => finiteNumber(extension['valueDecimal']) ?? 'unreadable'),
  );
  const [score] = scores;
  return scores.size > 1 ? 'unreadable' : score;
}

function tableScore(instrument: Instrument, linkId: string, coding: Json): number | undefined {
  const code = coding['code'];
  const table = instrument.answerCodes?.find(
    ({ system, linkIds }) => system === coding['system'] && linkIds.includes(linkId),
  );
  return table !== undefined && typeof code === 'string' && Object.hasOwn(table.values, code)
    ? table.values[code]
    : undefined;
}

function finiteNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

import { calendarDay } from '../logic/calendar.js';
import { isObject, type Json } from '../schemas/json-object.js';
import type { Resource } from '../schemas/resource.js';
import { FORM_HOLDS, MEASUREMENT_HOLDS } from '../schemas/holding-status.js';
import { hasText, tellsWhatItIs } from './readable.js';

/**
 * What stands in a record in the place of forms and measurements that came and could not be read, since one of them may be the newest:
 * the form or the code, and the day, as far as these can be read. A husk has no status that says that it holds, and no value, so that
 * rules take it for one of which nobody can tell what it says. Other types need none: of these no newer one takes the word from an older one.
 *
 * - A form answers each question that any form of the record answers, and none so that it can be read.
 * - One that does not tell which form it is may be any that asks what it asks, where that can be read, else any of the record. So may a
 *   form that could be read and does not tell it.
 * - A measurement that does not tell what was measured may be of anything that the record holds a measurement of.
 *
 * @param unread of any type
 * @param read the readable resources of a type
 * @source src/decisions/0034-what-could-not-be-read-leaves-a-husk.md
 */
export function husksOf(unread: readonly Resource[], read: (type: string) => readonly Resource[]): readonly Resource[] {
  return [
    ...formHusks(unread.filter(isOf(FORM)), read(FORM)),
    ...measurementHusks(unread.filter(isOf(MEASUREMENT)), read(MEASUREMENT)),
  ];
}

const FORM = 'QuestionnaireResponse';
const MEASUREMENT = 'Observation';

function isOf(type: string): (resource: Resource) => boolean {
  return ({ resourceType }) => resourceType === type;
}

/** Husks of one form, or of nothing that is told; of more it is enough to know that there are some, on whatever day. */
const MOST = 20;
/** Forms without a name, each once for every form that it may be. */
const MOST_TRIED = 1000;

function formHusks(unread: readonly Resource[], read: readonly Resource[]): readonly Resource[] {
  const nameless = read.filter(({ questionnaire }) => !hasText(questionnaire));
  if (unread.length === 0 && nameless.length === 0) return [];
  const asking = new Map<string, Set<string>>();
  const answered = new Set<string>();
  for (const form of read) {
    const { asked, answers } = questionsOf(form);
    answers.forEach((linkId) => answered.add(linkId));
    if (!hasText(form['questionnaire'])) continue;
    const canonical = form['questionnaire'].split('|', 1)[0]!;
    for (const linkId of asked) {
      const forms = asking.get(linkId);
      if (forms === undefined) asking.set(linkId, new Set([canonical]));
      else forms.add(canonical);
    }
  }
  const all = new Set([...asking.values()].flatMap((forms) => [...forms]));
  const item = [...answered].map((linkId) => ({ linkId, answer: [{}] }));
  const heads = new Heads();
  let tried = 0;
  for (const form of [...unread, ...nameless]) {
    for (const questionnaire of formsItMayBe(form, asking, all)) {
      tried += 1;
      if (tried > MOST_TRIED) return [...all].map((each) => ({ resourceType: FORM, questionnaire: each, item }));
      heads.add(questionnaire, headOf(form));
    }
  }
  return heads.flatMap((questionnaire, head) => ({ resourceType: FORM, ...head, questionnaire, item }));
}

function formsItMayBe(
  form: Resource,
  asking: ReadonlyMap<string, ReadonlySet<string>>,
  all: ReadonlySet<string>,
): Iterable<string> {
  const { questionnaire } = form;
  if (hasText(questionnaire)) return [questionnaire];
  const { asked, hidden } = questionsOf(form);
  return hidden ? all : new Set([...asked].flatMap((linkId) => [...(asking.get(linkId) ?? [])]));
}

/** The questions that a form of any shape asks and answers, by linkId; `hidden` where it holds something of which that cannot be told. */
function questionsOf(form: Resource): {
  readonly asked: ReadonlySet<string>;
  readonly answers: ReadonlySet<string>;
  readonly hidden: boolean;
} {
  const asked = new Set<string>();
  const answers = new Set<string>();
  let hidden = false;
  const open = elementsOf(form['item']);
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (!isObject(item) || typeof item['linkId'] !== 'string') hidden = true;
    else {
      asked.add(item['linkId']);
      if (item['answer'] !== undefined) answers.add(item['linkId']);
    }
    if (!isObject(item)) continue;
    for (const element of [item, ...elementsOf(item['answer']).filter(isObject)])
      for (const below of elementsOf(element['item'])) open.push(below);
  }
  return { asked, answers, hidden };
}

function elementsOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map((each: unknown) => each ?? null) : [value ?? null];
}

function measurementHusks(unread: readonly Resource[], read: readonly Resource[]): readonly Resource[] {
  const told = unread.filter(({ code }) => tellsWhatItIs(code));
  if (told.length === unread.length) return told.map(measurementHusk);
  const code = { coding: codingsOf(read) };
  const heads = new Heads();
  for (const measurement of unread) if (!tellsWhatItIs(measurement['code'])) heads.add('', headOf(measurement));
  return [...told.map(measurementHusk), ...heads.flatMap((_, head) => ({ resourceType: MEASUREMENT, ...head, code }))];
}

function measurementHusk(measurement: Resource): Resource {
  const component = partsOf(measurement).map(({ code }) => ({ code }));
  const { code } = measurement;
  return { resourceType: MEASUREMENT, ...headOf(measurement), code, ...(component.length === 0 ? {} : { component }) };
}

function partsOf(measurement: Json): readonly Json[] {
  return elementsOf(measurement['component']).filter(isObject);
}

/** Each coding once, by system and code, of what was measured and of its components. */
function codingsOf(measurements: readonly Resource[]): readonly object[] {
  const codings = new Map<string, object>();
  for (const measurement of measurements)
    for (const { code: concept } of [measurement, ...partsOf(measurement)])
      for (const coding of isObject(concept) ? elementsOf(concept['coding']).filter(isObject) : []) {
        const { code } = coding;
        // A record may hold anything in place of a system, also what cannot be made into text.
        const system = hasText(coding['system']) ? coding['system'] : '';
        if (typeof code === 'string') codings.set(`${system}|${code}`, system === '' ? { code } : { system, code });
      }
  return [...codings.values()];
}

/** Heads of husks by what these are of; those that differ in no more than their id stand once. */
class Heads {
  readonly #groups = new Map<string, Map<string, Json>>();

  add(what: string, head: Json): void {
    const group = this.#groups.get(what) ?? new Map<string, Json>();
    this.#groups.set(what, group);
    const key = JSON.stringify({ ...head, id: undefined });
    if (group.size < MOST && !group.has(key)) group.set(key, head);
    else if (!group.has(key)) group.set('', {});
  }

  flatMap(make: (what: string, head: Json) => Resource): readonly Resource[] {
    return [...this.#groups].flatMap(([what, group]) => [...group.values()].map((head) => make(what, head)));
  }
}

/** Its name, its day, and its status unless that says that it holds: what it says cannot be read. */
function headOf({ id, status, ...resource }: Resource): Json {
  return {
    ...(hasText(id) && id.length <= 64 ? { id } : {}),
    ...(hasText(status) && !FORM_HOLDS.has(status) && !MEASUREMENT_HOLDS.has(status) ? { status } : {}),
    ...dayOf(resource),
  };
}

/** When it was filled in or measured; nothing where that cannot be read, or is a period that may not be over. */
function dayOf(resource: Json): Json {
  for (const name of ['authored', 'effectiveDateTime', 'effectiveInstant'])
    if (calendarDay(resource[name]) !== undefined) return { [name]: resource[name] };
  const period = resource['effectivePeriod'];
  if (!isObject(period) || calendarDay(period['end']) === undefined) return {};
  return { effectivePeriod: { end: period['end'] } };
}

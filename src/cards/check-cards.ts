import { PROBLEM_CODES } from '../instruments/problems.js';
import type { Protocol } from '../protocol/protocol.js';
import type { Instrument } from '../schemas/instrument.js';
import type { Finding } from '../yaml/findings.js';
import { findingAt } from '../yaml/findings.js';
import { type Answered, answersOf } from './answers-of.js';
import { answerKey, type CardLibrary, type Place, sentenceOf } from './library.js';
import type { Message } from './message.js';
import { lastWordings, placeholdersOf } from './placeholders.js';

/** Values that a sentence about a criterion may name besides its figures. */
const GENERAL = ['asOf', 'referredOn', 'missing'];
/** Those of them that are always there. */
const CERTAIN = new Set(['asOf', 'referredOn']);

/** Values that a sentence about a questionnaire without a score may name; the first is always there. */
const OF_PROBLEMS = ['name', 'date', 'answered', 'expected', 'min', 'max'];

/** The instruments of the protocol, with the scores that they can give. */
export interface CheckedAlong {
  readonly instruments?: readonly Pick<Instrument, 'id' | 'scores'>[];
}

/**
 * What is wrong between the texts and a protocol: answers without a sentence, placeholders that are no figure, codes
 * without a term, and texts that nothing leads to.
 */
export function checkCards(
  library: CardLibrary,
  protocol: Protocol,
  { instruments = [] }: CheckedAlong = {},
): readonly Finding[] {
  const { places, terms } = library;
  const findings: Finding[] = [];
  const find = (
    place: Place | undefined,
    path: readonly (string | number)[],
    found: string,
    expected: string,
  ): void => {
    const { document, path: base } = place ?? { document: places.general, path: [] };
    findings.push(findingAt(document, [...base, ...path], found, expected));
  };
  const used = new Set<string>();
  const needTerm = (map: keyof typeof terms, key: string, by: string): void => {
    used.add(`${map}/${key}`);
    if (terms[map][key as never] === undefined)
      find(undefined, [map, key], `no ${map} term for ${key}`, `one, since ${by} gives it`);
  };

  const answered = new Map<string, Answered>();
  for (const version of protocol.versions) {
    needTerm('regimes', version.file.regime.otherwise, 'the protocol');
    for (const { regime } of version.file.regime.answers) needTerm('regimes', regime, 'the protocol');
    for (const criterion of version.criteria) {
      const known = answered.get(criterion.id);
      const answers = answersOf(criterion, version.ladders, Object.keys(terms.gaps));
      answered.set(criterion.id, known === undefined ? answers : merge(known, answers));
      needTerm('documents', criterion.source.document, criterion.id);
      for (const reading of Object.keys(criterion.readings ?? {})) needTerm('readings', reading, criterion.id);
    }
  }
  needTerm('regimes', 'protocol-not-in-force', 'a day outside every version');
  for (const { id, scores } of instruments) {
    needTerm('instruments', id, 'the protocol');
    for (const score of scores) needTerm('scores', score.id, id);
  }
  for (const code of PROBLEM_CODES) {
    needTerm('problems', code, 'scoring');
    const message = terms.problems[code];
    if (message === undefined) continue;
    const place = places.terms.get(`problems/${code}`);
    checkPlaceholders(message, new Set(OF_PROBLEMS), (found, expected) => find(place, [], found, expected), 'name');
  }
  for (const name of Object.keys(terms.figures)) {
    used.add(`figures/${name}`);
    const told = protocol.versions.some(({ criteria }) =>
      criteria.some(({ figures }) => figures?.[name] !== undefined),
    );
    if (!told) find(places.terms.get(`figures/${name}`), [], name, 'only figures that some criterion gives');
  }

  for (const [id, { answers, missing, resourceTypes, figures, notes }] of answered) {
    const texts = library.criteria.get(id);
    const place = places.criteria.get(id);
    if (texts === undefined) {
      find(undefined, ['criteria', id], `no texts for the criterion ${id}`, 'a title and sentences under criteria/');
      continue;
    }
    for (const { status, reason } of answers) {
      const message = sentenceOf(texts, status, reason);
      if (message === undefined)
        find(place, ['sentences', status, reason], 'no sentence', `one for ${answerKey(status, reason)}`);
      else
        checkPlaceholders(message, figures, (found, expected) =>
          find(place, ['sentences', status, reason], found, expected),
        );
    }
    const given = new Set(answers.map(({ status, reason }) => answerKey(status, reason)));
    for (const [key, message] of texts.brief) {
      const path = ['brief', ...key.split('/')];
      if (!given.has(key)) find(place, path, key, 'only answers that the criterion can give');
      for (const name of placeholdersOf(message)) {
        if (!figures.has(name)) find(place, path, `the placeholder {${name}}`, [...figures].join(' | '));
      }
    }
    for (const datum of missing) needTerm('missing', datum, id);
    for (const type of resourceTypes) needTerm('resourceTypes', type, id);
    for (const note of notes) {
      needTerm('notes', note, id);
      const message = terms.notes[note];
      if (message !== undefined) {
        checkPlaceholders(message, figures, (found, expected) =>
          find(places.terms.get(`notes/${note}`), [], found, expected),
        );
      }
    }
  }
  findOrphans(library, answered, used, find);
  return findings;
}

function checkPlaceholders(
  message: Message,
  figures: ReadonlySet<string>,
  find: (found: string, expected: string) => void,
  alwaysThere = 'missing',
): void {
  for (const name of placeholdersOf(message)) {
    if (!figures.has(name) && !GENERAL.includes(name))
      find(`the placeholder {${name}}`, [...figures, ...GENERAL].join(' | '));
  }
  for (const { placeholders } of lastWordings(message)) {
    // A list of what is missing is there whenever an answer lists something; a last wording may lean on that.
    const uncertain = placeholders.filter((name) => !CERTAIN.has(name) && name !== alwaysThere);
    if (uncertain.length > 0)
      find(`{${uncertain.join('}, {')}} in the last wording`, 'a last wording that needs no figure');
  }
}

/** Texts that no answer, note or code of the protocol leads to. */
function findOrphans(
  library: CardLibrary,
  answered: ReadonlyMap<string, Answered>,
  used: ReadonlySet<string>,
  find: (place: Place | undefined, path: readonly (string | number)[], found: string, expected: string) => void,
): void {
  const { places, criteria } = library;
  const given = (id: string): ReadonlySet<string> =>
    new Set(answered.get(id)?.answers.map(({ status, reason }) => answerKey(status, reason)));
  for (const [id, texts] of criteria) {
    if (!answered.has(id)) find(places.criteria.get(id), [], `texts for ${id}`, 'only criteria that the protocol has');
    const keys = given(id);
    for (const key of texts.sentences[0]?.keys() ?? []) {
      if (!keys.has(key))
        find(
          places.criteria.get(id),
          ['sentences', ...key.split('/')],
          key,
          'only answers that the criterion can give',
        );
    }
  }
  for (const [name, { document, sentences }] of places.shared) {
    const users = [...criteria.keys()].filter((id) => name === 'general' || places.sharedBy.get(id) === name);
    const keys = new Set(users.flatMap((id) => [...given(id)]));
    for (const key of sentences.keys()) {
      if (!keys.has(key))
        find({ document, path: ['sentences', ...key.split('/')] }, [], key, 'only answers that some criterion gives');
    }
  }
  const checked = new Set(['missing', 'resourceTypes', 'notes', 'regimes', 'documents', 'readings', 'problems']);
  for (const [key, place] of places.terms) {
    const map = key.slice(0, key.indexOf('/'));
    if (checked.has(map) && !used.has(key) && map !== 'documents')
      find(place, [], key, 'only terms that the protocol uses');
  }
}

function merge(one: Answered, other: Answered): Answered {
  return {
    answers: [...one.answers, ...other.answers],
    missing: new Set([...one.missing, ...other.missing]),
    resourceTypes: new Set([...one.resourceTypes, ...other.resourceTypes]),
    figures: new Set([...one.figures, ...other.figures]),
    notes: new Set([...one.notes, ...other.notes]),
  };
}

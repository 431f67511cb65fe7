import { PROBLEM_CODES } from '../instruments/problems.js';
import type { Provenance } from '../protocol/load-protocol.js';
import type { Protocol } from '../protocol/protocol.js';
import type { Questionnaire } from '../protocol/questionnaire.js';
import type { Instrument } from '../schemas/instrument.js';
import type { CriterionDefinition } from '../schemas/protocol.js';
import { type Language, LANGUAGES } from '../schemas/service.js';
import { REGIMES_OF_ENGINE } from '../schemas/verdict.js';
import type { PathStep } from '../yaml/document.js';
import type { Finding } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { type Answered, answersOf } from './answers-of.js';
import { type Find, findInto } from './find.js';
import {
  answerKey,
  type CardLibrary,
  type CriterionTexts,
  FOR_ALL,
  type Place,
  placeOfTerms,
  sentenceOf,
} from './library.js';
import type { Message } from './message.js';
import { placeholdersOf } from './placeholders.js';

/** Values that a sentence about a criterion may name besides its figures. */
const GENERAL = ['asOf', 'referredOn', 'missing', 'finding'];
/** Those of them that are always there. */
const CERTAIN = new Set(['asOf', 'referredOn']);

/** Values that a sentence about a questionnaire without a score may name; the first is always there. */
const OF_PROBLEMS = ['name', 'date', 'answered', 'expected', 'min', 'max'];

/** A protocol with what stands beside its rules, and where everything that needs words stands. */
export interface CheckedAlong {
  readonly protocol: Protocol;
  readonly instruments: readonly Pick<Instrument, 'id' | 'scores'>[];
  /** Files of the instruments by id. */
  readonly instrumentFiles: ReadonlyMap<string, YamlDocument>;
  /** By version. */
  readonly provenance: ReadonlyMap<string, Provenance>;
  /** Its forms. */
  readonly questionnaires: readonly Pick<Questionnaire, 'value'>[];
}

/**
 * What is wrong between the texts and the protocols: answers without a sentence, placeholders that are no figure, codes
 * without a term, and texts that nothing in any protocol leads to. What lacks its words is told where it stands itself.
 */
export function checkCards(library: CardLibrary, protocols: readonly CheckedAlong[]): readonly Finding[] {
  const { places, terms } = library;
  const findings: Finding[] = [];
  const find = findInto(findings);
  const used = new Set<string>();
  const needTerm = (map: keyof typeof terms, key: string, user: Place, path: Path): void => {
    used.add(`${map}/${key}`);
    if (terms[map][key as never] === undefined)
      find(user, path, `no ${map} term for ${key}`, `${map}.${key} under cards/terms/`);
  };
  /** A code that the service itself gives. */
  const needTermOfEngine = (map: keyof typeof terms, key: string): void =>
    needTerm(map, key, placeOfTerms(places, map), [map, key]);

  const answered = new Map<string, Answered>();
  /** Where each criterion stands, in the last version that has it, of the last protocol that does. */
  const users = new Map<string, { readonly place: Place; readonly criterion: CriterionDefinition }>();
  const versions = protocols.flatMap(({ protocol, provenance }) =>
    protocol.versions.map((version) => ({ version, standing: provenance.get(version.file.version)! })),
  );
  for (const { version, standing } of versions) {
    const { version: document, criteria } = standing;
    const { answers, otherwise } = version.file.regime;
    const place: Place = { document, path: ['regime'] };
    needTerm('regimes', otherwise, place, ['otherwise']);
    for (const [index, { regime }] of answers.entries())
      needTerm('regimes', regime, place, ['answers', index, 'regime']);
    for (const criterion of version.criteria) {
      const known = answered.get(criterion.id);
      const told = answersOf(criterion, version.ladders, Object.keys(terms.gaps));
      answered.set(criterion.id, known === undefined ? told : merge(known, told));
      const { document: file, index } = criteria.get(criterion.id)!;
      const user: Place = { document: file, path: ['criteria', index] };
      users.set(criterion.id, { place: user, criterion });
      needTerm('documents', criterion.source.document, user, ['source', 'document']);
      needTerm('sections', criterion.source.section, user, ['source', 'section']);
      for (const reading of Object.keys(criterion.readings ?? {}))
        needTerm('readings', reading, user, ['readings', reading]);
    }
  }
  for (const regime of REGIMES_OF_ENGINE) needTermOfEngine('regimes', regime);
  for (const { instruments, instrumentFiles } of protocols) {
    for (const { id, scores } of instruments) {
      const user: Place = { document: instrumentFiles.get(id)!, path: [] };
      needTerm('instruments', id, user, ['id']);
      for (const [index, score] of scores.entries()) needTerm('scores', score.id, user, ['scores', index, 'id']);
    }
  }
  const dates = new Set(versions.flatMap(({ version }) => Object.keys(version.file.transition.figures ?? {})));
  for (const [regime, message] of Object.entries(terms.regimes)) {
    const place = places.terms.get(`regimes/${regime}`)!;
    checkPlaceholders(message, dates, (language, ...said) => find(place, [language], ...said), { general: [] });
  }
  for (const code of PROBLEM_CODES) {
    needTermOfEngine('problems', code);
    const message = terms.problems[code];
    if (message === undefined) continue;
    const place = places.terms.get(`problems/${code}`)!;
    checkPlaceholders(message, new Set(OF_PROBLEMS), (language, ...said) => find(place, [language], ...said), {
      general: [],
      alwaysThere: 'name',
    });
  }
  const urls = new Set(protocols.flatMap(({ questionnaires }) => questionnaires.map(({ value }) => value['url'])));
  for (const [id, { canonical }] of Object.entries(terms.questionnaires)) {
    if (urls.size > 0 && !urls.has(canonical))
      find(
        places.terms.get(`questionnaires/${id}`)!,
        ['canonical'],
        canonical,
        'the url of a Questionnaire under hooks/',
      );
  }
  for (const name of Object.keys(terms.figures)) {
    used.add(`figures/${name}`);
    const told = versions.some(({ version }) => version.criteria.some(({ figures }) => figures?.[name] !== undefined));
    if (!told) find(places.terms.get(`figures/${name}`)!, [], name, 'only figures that some criterion gives');
  }

  for (const [id, told] of answered) {
    const texts = library.criteria.get(id);
    const { place: user, criterion } = users.get(id)!;
    if (texts === undefined) find(user, ['id'], `no texts for ${id}`, 'a title and sentences under cards/criteria/');
    else checkSentences(texts, told, places.criteria.get(id)!, find);
    const { missing, resourceTypes, figures, notes } = told;
    for (const datum of missing) needTerm('missing', datum, user, ['id']);
    for (const type of resourceTypes) needTerm('resourceTypes', type, user, ['needs']);
    for (const note of notes) {
      const index = criterion.notes?.findIndex((one) => one.note === note) ?? 0;
      needTerm('notes', note, user, ['notes', index, 'note']);
      const message = terms.notes[note];
      if (message !== undefined) {
        checkPlaceholders(message, figures, (language, ...said) =>
          find(places.terms.get(`notes/${note}`)!, [language], ...said),
        );
      }
    }
  }
  findOrphans(library, answered, used, find);
  return findings;
}

type Path = readonly PathStep[];

/** What a criterion can say has its sentence, and each sentence names only what there is. */
function checkSentences(texts: CriterionTexts, { answers, figures }: Answered, place: Place, find: Find): void {
  for (const { status, reason } of answers) {
    const message = sentenceOf(texts, status, reason);
    if (message === undefined)
      find(place, ['sentences', status, reason], 'no sentence', `one for ${answerKey(status, reason)}`);
    else
      checkPlaceholders(message, figures, (language, ...said) =>
        find(place, ['sentences', status, reason, language], ...said),
      );
  }
  const given = new Set(answers.map(({ status, reason }) => answerKey(status, reason)));
  for (const [key, message] of texts.brief) {
    const path = ['brief', ...key.split('/')];
    if (!given.has(key)) find(place, path, key, 'only answers that the criterion can give');
    for (const language of LANGUAGES) {
      for (const name of placeholdersOf(message[language])) {
        if (!figures.has(name)) find(place, [...path, language], `the placeholder {${name}}`, [...figures].join(' | '));
      }
    }
  }
}

function checkPlaceholders(
  message: Message,
  figures: ReadonlySet<string>,
  find: (language: Language, found: string, expected: string) => void,
  { general = GENERAL, alwaysThere = 'missing' } = {},
): void {
  for (const language of LANGUAGES) {
    for (const name of placeholdersOf(message[language])) {
      if (!figures.has(name) && !general.includes(name))
        find(language, `the placeholder {${name}}`, [...figures, ...general].join(' | '));
    }
    // A list of what is missing is there whenever an answer lists something; a last wording may lean on that.
    const last = placeholdersOf(message[language].slice(-1));
    const uncertain = last.filter((name) => !CERTAIN.has(name) && name !== alwaysThere);
    if (uncertain.length > 0)
      find(language, `{${uncertain.join('}, {')}} in the last wording`, 'a last wording that needs no figure');
  }
}

/** Texts that no answer, note or code of any protocol leads to. */
function findOrphans(
  library: CardLibrary,
  answered: ReadonlyMap<string, Answered>,
  used: ReadonlySet<string>,
  find: Find,
): void {
  const { places, criteria } = library;
  const given = (id: string): ReadonlySet<string> =>
    new Set(answered.get(id)?.answers.map(({ status, reason }) => answerKey(status, reason)));
  for (const [id, texts] of criteria) {
    if (!answered.has(id))
      find(places.criteria.get(id)!, [], `texts for ${id}`, 'only criteria that some protocol has');
    const keys = given(id);
    for (const key of texts.sentences[0]?.keys() ?? []) {
      if (!keys.has(key))
        find(
          places.criteria.get(id)!,
          ['sentences', ...key.split('/')],
          key,
          'only answers that the criterion can give',
        );
    }
  }
  for (const [name, { document, sentences }] of places.shared) {
    const users = [...criteria.keys()].filter((id) => name === FOR_ALL || places.sharedBy.get(id) === name);
    const keys = new Set(users.flatMap((id) => [...given(id)]));
    for (const key of sentences.keys()) {
      if (!keys.has(key))
        find({ document, path: ['sentences', ...key.split('/')] }, [], key, 'only answers that some criterion gives');
    }
  }
  const checked = new Set([
    'missing',
    'resourceTypes',
    'notes',
    'regimes',
    'sections',
    'readings',
    'problems',
    'documents',
    'scores',
    'instruments',
  ]);
  for (const [key, place] of places.terms) {
    const map = key.slice(0, key.indexOf('/'));
    if (checked.has(map) && !used.has(key)) find(place, [], key, 'only terms that some protocol uses');
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

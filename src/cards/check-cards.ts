import { isTexts, type KnownValues } from '../fhirpath/known-values.js';
import { PROBLEM_CODES } from '../instruments/problems.js';
import { valuesIn } from '../protocol/known-facts.js';
import type { Provenance } from '../protocol/load-protocol.js';
import type { Protocol, ProtocolVersion } from '../protocol/protocol.js';
import type { Questionnaire } from '../protocol/questionnaire.js';
import type { Instrument } from '../schemas/instrument.js';
import type { CriterionDefinition } from '../schemas/protocol.js';
import { LANGUAGES } from '../schemas/service.js';
import { REGIMES_OF_ENGINE } from '../schemas/verdict.js';
import type { Finding } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';
import { type Answered, answersOf } from './answers-of.js';
import { checkPlaceholders } from './check-placeholders.js';
import { type Find, findInto } from './find-at-place.js';
import { given, givenToCriterion } from './given-values.js';
import { answerKey, type CardLibrary, type CriterionTexts, FOR_ALL, type Place, sentenceOf } from './library.js';
import { NeededTerms } from './needed-terms.js';
import { placeholdersOf } from './placeholders.js';

/** Values that a sentence about a questionnaire without a score may name. */
const OF_PROBLEMS = given(['name'], ['date', 'answered', 'expected', 'min', 'max']);

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
  const findings: Finding[] = [];
  const find = findInto(findings);
  const needed = new NeededTerms(library, find);
  const versions = protocols.flatMap(({ protocol, provenance }) =>
    protocol.versions.map((version) => ({ version, standing: provenance.get(version.file.version)! })),
  );
  const told = toldBy(versions, Object.keys(library.terms.gaps), needed);
  for (const regime of REGIMES_OF_ENGINE) needed.needOfEngine('regimes', regime);
  needOfInstruments(protocols, needed);
  checkRegimes(library, versions, find);
  checkProblems(library, needed, find);
  checkQuestionnaires(library, protocols, find);
  checkFigureWords(library, versions, find);
  checkTurning(library, versions, find);
  for (const one of told.values()) checkCriterion(library, one, needed, find);
  findOrphans(library, told, needed, find);
  return findings;
}

interface Standing {
  readonly version: ProtocolVersion;
  /** Where it stands. */
  readonly standing: Provenance;
}

/** A criterion as the last version of the last protocol that has it does, with all that it can say by any of them. */
interface Told {
  readonly criterion: CriterionDefinition;
  readonly place: Place;
  readonly answered: Answered;
}

/** What the criteria of versions can say, by criterion; the terms that the versions need are told on the way. */
function toldBy(
  versions: readonly Standing[],
  gaps: readonly string[],
  needed: NeededTerms,
): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  for (const { version, standing } of versions) {
    const { answers, otherwise } = version.file.regime;
    const ofRegime: Place = { document: standing.version, path: ['regime'] };
    needed.need('regimes', otherwise, ofRegime, ['otherwise']);
    for (const [index, { regime }] of answers.entries())
      needed.need('regimes', regime, ofRegime, ['answers', index, 'regime']);
    for (const criterion of version.criteria) {
      const { id, source, readings = {} } = criterion;
      const known = told.get(id)?.answered;
      const answered = answersOf(criterion, version.ladders, gaps);
      const { document, index } = standing.criteria.get(id)!;
      const place: Place = { document, path: ['criteria', index] };
      told.set(id, { criterion, place, answered: known === undefined ? answered : merge(known, answered) });
      needed.need('documents', source.document, place, ['source', 'document']);
      needed.need('sections', source.section, place, ['source', 'section']);
      for (const reading of Object.keys(readings)) needed.need('readings', reading, place, ['readings', reading]);
    }
  }
  return told;
}

function needOfInstruments(protocols: readonly CheckedAlong[], needed: NeededTerms): void {
  for (const { instruments, instrumentFiles } of protocols) {
    for (const { id, scores } of instruments) {
      const user: Place = { document: instrumentFiles.get(id)!, path: [] };
      needed.need('instruments', id, user, ['id']);
      for (const [index, score] of scores.entries()) needed.need('scores', score.id, user, ['scores', index, 'id']);
    }
  }
}

/** The words of a regime may name the dates of a transition rule alone. */
function checkRegimes({ terms, places }: CardLibrary, versions: readonly Standing[], find: Find): void {
  const dates = versions.flatMap(({ version }) => Object.keys(version.file.transition.figures ?? {}));
  for (const [regime, message] of Object.entries(terms.regimes))
    checkPlaceholders(find, places.terms.get(`regimes/${regime}`)!, [], message, given([], dates));
}

function checkProblems({ terms, places }: CardLibrary, needed: NeededTerms, find: Find): void {
  for (const code of PROBLEM_CODES) {
    needed.needOfEngine('problems', code);
    const message = terms.problems[code];
    if (message !== undefined) checkPlaceholders(find, places.terms.get(`problems/${code}`)!, [], message, OF_PROBLEMS);
  }
}

function checkQuestionnaires({ terms, places }: CardLibrary, protocols: readonly CheckedAlong[], find: Find): void {
  const urls = new Set(protocols.flatMap(({ questionnaires }) => questionnaires.map(({ value }) => value['url'])));
  if (urls.size === 0) return;
  for (const [id, { canonical }] of Object.entries(terms.questionnaires)) {
    if (urls.has(canonical)) continue;
    const place = places.terms.get(`questionnaires/${id}`)!;
    find(place, ['canonical'], canonical, 'the url of a Questionnaire under hooks/');
  }
}

function checkFigureWords({ terms, places }: CardLibrary, versions: readonly Standing[], find: Find): void {
  for (const name of Object.keys(terms.figures)) {
    const given = versions.some(({ version }) => version.criteria.some(({ figures }) => figures?.[name] !== undefined));
    if (!given) find(places.terms.get(`figures/${name}`)!, [], name, 'only figures that some criterion gives');
  }
}

const NOTHING_KNOWN: KnownValues = { variable: () => undefined, answersTo: () => undefined };

/** What a criterion turns on is a figure that it has in every version, and that names parts of it. */
function checkTurning({ criteria, places }: CardLibrary, versions: readonly Standing[], find: Find): void {
  for (const { version, standing } of versions) {
    for (const { id, figures = {} } of version.criteria) {
      const { turnsOn, parts = [] } = criteria.get(id) ?? {};
      if (turnsOn === undefined) continue;
      const source = figures[turnsOn];
      if (source === undefined) {
        find(places.criteria.get(id)!, ['turnsOn'], turnsOn, Object.keys(figures).join(' | ') || 'a figure');
        continue;
      }
      const named = valuesIn(source, NOTHING_KNOWN);
      const { document, index } = standing.criteria.get(id)!;
      for (const part of isTexts(named) ? named.texts : []) {
        if (!parts.includes(part))
          find({ document, path: ['criteria', index, 'figures', turnsOn] }, [], part, parts.join(' | '));
      }
    }
  }
}

/** A criterion has its texts, and what it can name has its terms. */
function checkCriterion(
  { criteria, places, terms }: CardLibrary,
  { criterion, place: user, answered }: Told,
  needed: NeededTerms,
  find: Find,
): void {
  const { id } = criterion;
  const texts = criteria.get(id);
  if (texts === undefined) find(user, ['id'], `no texts for ${id}`, 'a title and sentences under cards/criteria/');
  else checkSentences(texts, answered, places.criteria.get(id)!, find);
  const { missing, resourceTypes, figures, notes } = answered;
  for (const datum of missing) needed.need('missing', datum, user, ['id']);
  for (const type of resourceTypes) needed.need('resourceTypes', type, user, ['needs']);
  for (const note of notes) {
    const index = criterion.notes?.findIndex((one) => one.note === note) ?? 0;
    needed.need('notes', note, user, ['notes', index, 'note']);
    const message = terms.notes[note];
    if (message !== undefined)
      checkPlaceholders(find, places.terms.get(`notes/${note}`)!, [], message, givenToCriterion(figures));
  }
}

/** What a criterion can say has its sentence, and each sentence names only what there is. */
function checkSentences(texts: CriterionTexts, { answers, figures }: Answered, place: Place, find: Find): void {
  for (const { status, reason } of answers) {
    const message = sentenceOf(texts, status, reason);
    if (message === undefined)
      find(place, ['sentences', status, reason], 'no sentence', `one for ${answerKey(status, reason)}`);
    else checkPlaceholders(find, place, ['sentences', status, reason], message, givenToCriterion(figures));
  }
  const said = new Set(answers.map(({ status, reason }) => answerKey(status, reason)));
  for (const [key, message] of texts.brief) {
    const path = ['brief', ...key.split('/')];
    if (!said.has(key)) find(place, path, key, 'only answers that the criterion can give');
    for (const language of LANGUAGES) {
      for (const name of placeholdersOf(message[language])) {
        if (!figures.has(name)) find(place, [...path, language], `the placeholder {${name}}`, [...figures].join(' | '));
      }
    }
  }
}

/** The maps of terms of which all that may lead to a term was gone through. */
const GONE_THROUGH: ReadonlySet<string> = new Set([
  ...['missing', 'resourceTypes', 'notes', 'regimes', 'sections', 'readings', 'problems', 'documents', 'scores'],
  'instruments',
]);

/** Texts that no answer, note or code of any protocol leads to. */
function findOrphans(library: CardLibrary, told: ReadonlyMap<string, Told>, needed: NeededTerms, find: Find): void {
  const { places, criteria } = library;
  const saidOf = (id: string): ReadonlySet<string> =>
    new Set(told.get(id)?.answered.answers.map(({ status, reason }) => answerKey(status, reason)));
  for (const [id, texts] of criteria) {
    if (!told.has(id)) find(places.criteria.get(id)!, [], `texts for ${id}`, 'only criteria that some protocol has');
    const keys = saidOf(id);
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
    const keys = new Set(users.flatMap((id) => [...saidOf(id)]));
    for (const key of sentences.keys()) {
      if (!keys.has(key))
        find({ document, path: ['sentences', ...key.split('/')] }, [], key, 'only answers that some criterion gives');
    }
  }
  for (const [key, place] of places.terms) {
    const map = key.slice(0, key.indexOf('/'));
    if (GONE_THROUGH.has(map) && !needed.has(key)) find(place, [], key, 'only terms that some protocol uses');
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

import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/schemas/card.js';
import { LANGUAGES, type Language } from '../../src/schemas/service.js';
import { situationOf } from '../../src/cards/situation.js';
import { emptyPlaces } from '../empty-places.js';
import { encodeVignette, someEncodings, vignettes } from '../records/encode-vignette.js';
import { assess, cardsFor, type Example, library, protocol, REPORT, requestFor, sandboxExample } from './examples.js';

const encoding = someEncodings[0];
const examples = vignettes.flatMap((vignette) => {
  const bundle = encodeVignette(vignette, encoding);
  return ['imsr-indication', 'imsr-referral', 'imsr-overview'].map((service) =>
    assess(`${vignette.id} by ${service}`, bundle, service, vignette.asOf),
  );
});

const CLOSING: Readonly<Record<Language, string>> = {
  nl: 'Hulpmiddel bij de toets aan het indicatiedocument van 17-4-2026. De revalidatiearts beslist.',
  en: 'Aid for the check against the indication document of 17 April 2026. The rehabilitation physician decides.',
};

/** Tables of a Markdown text, each a list of rows of cells. */
function tablesIn(markdown: string): readonly (readonly number[])[] {
  return markdown
    .split('\n\n')
    .filter((part) => part.startsWith('|'))
    .map((part) => part.split('\n').map((row) => row.replace(/\\\|/g, '').split('|').length));
}

function check(card: Card, example: Example, language: Language): void {
  expect(card.summary.length, card.summary).toBeLessThan(140);
  expect(card.summary).toMatch(/^\S.*\S$/);
  expect(card.summary).not.toMatch(/[\n*_<>{}\\]|undefined|null/);
  expect(['info', 'warning']).toContain(card.indicator);
  expect(card.uuid).toMatch(/^[0-9a-f-]{36}$/);
  expect(card.source).toEqual({
    label: protocol.file.sourceLabel[language],
    url: protocol.file.sourceUrl,
    topic: { ...protocol.file.topic, display: protocol.file.topic.display[language] },
  });
  expect(card.detail).not.toMatch(/<|undefined|\[object|NaN|\{\w+\}/);
  expect(card.detail?.endsWith(CLOSING[language])).toBe(true);
  expect(card.detail).toContain(example.assessment.order.replaceAll('-', '\\-'));
  expect(card.extension?.['nl.imsr-cds.order']).toBe(example.assessment.order);
  for (const table of tablesIn(card.detail ?? '')) expect(new Set(table).size).toBe(1);
  for (const { display, system, code } of card.overrideReasons ?? []) expect(display && system && code).toBeTruthy();
  for (const { url, type } of card.links ?? []) expect([new URL(url).protocol, type]).toEqual(['https:', 'absolute']);
  expect(card.links?.map(({ url }) => url)).toEqual([protocol.file.sourceUrl, REPORT]);
  expect(card.suggestions === undefined).toBe(card.selectionBehavior === undefined);
  expect(emptyPlaces(card)).toEqual([]);
}

describe.each(LANGUAGES)('cards in %s', (language) => {
  it.each(examples.map((example) => [example.name, example] as const))(
    '[rows 74-84, 87-93, 95-98, 108-111] %s: few cards, whole and in form',
    (_, example) => {
      const cards = cardsFor(example, language);
      expect(cards.length).toBeGreaterThan(0);
      expect(cards.length).toBeLessThanOrEqual(3);
      const ids = cards.flatMap(({ card }) => [card.uuid, ...(card.suggestions ?? []).map(({ uuid }) => uuid)]);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { card } of cards) check(card, example, language);
    },
  );
});

it('nothing is listed as missing only because it asks for a judgement', () => {
  const open = sandboxExample('psychology-unknown');
  const criteria = open.assessment.criteria.map((verdict) => {
    if (verdict.id === 'stepped-care')
      return { ...verdict, missing: ['first-line-psychological', 'first-line-psychosomatic'] };
    if (verdict.id !== 'first-line-psychosomatic') return verdict;
    return { ...verdict, status: 'review' as const, reason: 'psychosomatic-exercise-therapy', missing: [] };
  });
  const toJudge = { ...open, assessment: { ...open.assessment, criteria } };
  for (const example of [...examples, toJudge]) {
    const { missing, byId } = situationOf(requestFor(example, 'nl'));
    for (const { id } of missing) expect(byId.get(id)?.status, `${example.name}: ${id}`).not.toBe('review');
  }
});

it.each(['four-sessions', 'transition-last-day'])(
  'a card about what is missing says nothing of the outcome of %s, which another card has told',
  (patient) => {
    const { assessment, ...rest } = sandboxExample(patient);
    const criteria = assessment.criteria.map((verdict) =>
      verdict.id === 'main-goal-described'
        ? { ...verdict, status: 'unknown' as const, reason: 'incomplete', missing: ['main-goal'] }
        : verdict,
    );
    const example = { ...rest, assessment: { ...assessment, criteria } };
    expect(cardsFor(example, 'nl').map(({ kind }) => kind)).toEqual([expect.any(String), 'missing']);
    expect(cardsFor(example, 'nl')[1]!.card.summary).toBe(
      'IMSR: daarnaast ontbreekt: hoofddoel van de behandeling. Vul aan of vraag op.',
    );
    expect(cardsFor(example, 'en')[1]!.card.summary).toBe(
      'IMSR: also missing: main goal of the treatment. Add or request.',
    );
  },
);

it('a card about the transition rule tells what the data say, and promises nothing', () => {
  const { summary } = cardsFor(sandboxExample('transition-last-day'), 'nl')[0]!.card;
  expect(summary).toBe(
    'IMSR: eerste lijn volgens de gegevens niet doorlopen; de overgangsregeling loopt t/m 31-10-2026.',
  );
});

describe('the card says what the outcome is', () => {
  const expected = {
    met: 'approval',
    'not-met': 'not-met',
    unknown: 'missing',
    review: 'review',
    transition: 'transition',
  } as const;
  it.each(examples.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const { service, outcome } = example.assessment;
    const [first] = cardsFor(example, 'nl');
    expect(first?.kind).toBe(service === 'imsr-overview' ? 'overview' : expected[outcome]);
    const refusing = /voldoet volgens de gegevens niet/;
    if (outcome === 'not-met') expect(first?.card.summary).toMatch(refusing);
    else expect(first?.card.summary).not.toMatch(refusing);
    if (outcome !== 'met') expect(first?.card.summary).not.toMatch(/voldoet (de patiënt|deze verwijzing) aan/);
  });

  it('every criterion that blocks stands on the card with its sentence', () => {
    let compared = 0;
    for (const example of examples.filter(({ assessment }) => assessment.outcome === 'not-met')) {
      const detail = cardsFor(example, 'nl')[0]?.card.detail ?? '';
      for (const { id, effect, status } of example.assessment.criteria) {
        if (status !== 'not-met' || !effect.startsWith('blocking')) continue;
        expect(detail).toContain(`(${id};`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('everything that is missing stands on a card, by who can supply it', () => {
    let compared = 0;
    for (const example of examples.filter(({ assessment }) => assessment.outcome === 'unknown')) {
      const detail = cardsFor(example, 'nl')[0]?.card.detail ?? '';
      for (const verdict of example.assessment.criteria) {
        if (verdict.status !== 'unknown' || (verdict.effect !== 'blocking' && verdict.effect !== 'completeness'))
          continue;
        for (const id of verdict.missing) {
          const term = library.terms.missing[id];
          if (term === undefined) continue;
          expect(detail).toContain(term.term.nl);
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('[row 73] order-select and order-sign give the same advice under the same topic', () => {
    const [select, sign] = ['imsr-referral-select', 'imsr-referral'].map((service) =>
      cardsFor(sandboxExample('referral-incomplete', service), 'nl').map(({ card }) => ({ ...card, uuid: '' })),
    );
    expect(select).toEqual(sign);
  });

  it('[row 72] the same assessment gives the same cards', () => {
    for (const example of examples.slice(0, 12)) expect(cardsFor(example, 'en')).toEqual(cardsFor(example, 'en'));
  });
});

describe('which order a card is about', () => {
  const example = sandboxExample('all-met');

  it('[row 89] names the order in the summary when there are several', () => {
    const order = { ...example.order, code: { text: 'IMSR poliklinisch' } };
    const [one] = cardsFor({ ...example, order }, 'nl', { oneOfSeveral: true });
    expect(one?.card.summary).toMatch(/ \[IMSR poliklinisch\]$/);
  });

  it('never makes a summary too long', () => {
    const order = { ...example.order, code: { text: 'Een heel lange naam '.repeat(20) } };
    for (const patient of ['all-met', 'four-sessions', 'transition-last-day', 'psychology-unknown']) {
      const [one] = cardsFor({ ...sandboxExample(patient), order }, 'nl', { oneOfSeveral: true });
      expect(one?.card.summary.length).toBeLessThan(140);
    }
  });

  it.each([
    ['abcd', / \[abcd\]$/, 139],
    ['abcde', /reasons\.$/, 132],
  ])('names it up to the longest summary that there may be: %s', (text, end, length) => {
    const four = sandboxExample('four-sessions');
    const named = { ...four, order: { ...four.order, code: { text } } };
    const [one] = cardsFor(named, 'en', { oneOfSeveral: true });
    expect(one!.card.summary).toMatch(end);
    expect(one!.card.summary).toHaveLength(length);
  });

  it('[row 87] the text of an order is escaped', () => {
    const order = { ...example.order, code: { text: '<img src=x onerror=alert(1)> | **x**\n# y' } };
    const detail = cardsFor({ ...example, order }, 'nl')[0]?.card.detail;
    expect(detail?.split('\n')[0]).toMatch(/^\*\*Opdracht:\*\* &lt;img .*\\\| \\\*\\\*x\\\*\\\* \\# y/);
  });

  it('an order without a name is still told', () => {
    const { code: _code, ...order } = example.order;
    expect(cardsFor({ ...example, order }, 'nl')[0]?.card.detail).toMatch(/^\*\*Opdracht:\*\* opdracht zonder naam/);
  });
});

it('a score older than the parameter says so, and one that is not does not', () => {
  const example = sandboxExample('all-met');
  const withDate = (date: string) => ({
    ...example,
    assessment: {
      ...example.assessment,
      scores: [{ instrument: 'pdi', value: 45, min: 0, max: 70, date, reference: 'Observation/x' }],
    },
  });
  expect(cardsFor(withDate('2026-05-31'), 'nl')[0]?.card.detail).toContain('31-5-2026 (ouder dan 6 maanden)');
  expect(cardsFor(withDate('2026-06-01'), 'nl')[0]?.card.detail).not.toContain('ouder dan 6 maanden');
});

it('a gap in the record goes to the EHR and is never a no', () => {
  const example = sandboxExample('all-met');
  const criteria = example.assessment.criteria.map((verdict) =>
    verdict.id === 'first-line-ineffective'
      ? { ...verdict, status: 'unknown' as const, reason: 'cut-short', missing: ['Procedure'], evidence: [] }
      : verdict,
  );
  const assessment = { ...example.assessment, outcome: 'unknown' as const, criteria };
  const { card } = cardsFor({ ...example, assessment }, 'nl')[0]!;
  expect(card.summary).toContain('behandelingen (niet volledig binnengekomen)');
  expect(card.detail).toMatch(
    /\*\*Door het EPD of de koppeling \(1\)\*\*\n\n- behandelingen \(niet volledig binnengekomen\)/,
  );
  expect(card.detail).not.toMatch(/voldoet (volgens de gegevens )?niet/);
});

it('a card that says that nothing was checked tells no day of a check', () => {
  const example = sandboxExample('all-met', undefined, '2026-04-19');
  const [nl, en] = LANGUAGES.map((language) => cardsFor(example, language)[0]!.card);
  expect(nl?.summary).toContain('niet getoetst');
  expect(nl?.detail).toContain('Stand op 19-4-2026');
  expect(`${nl?.detail} ${en?.detail}`).not.toMatch(/getoetst op|checked on/i);
});

describe('what an overview counts', () => {
  const overview = (patient: string) => cardsFor(sandboxExample(patient, 'imsr-overview'), 'nl')[0]!.card;

  it('parts and what does not apply are no criteria of their own', () => {
    const counted = sandboxExample('all-met', 'imsr-overview').assessment.criteria.filter(
      ({ effect, status }) => effect !== 'part' && status !== 'not-applicable',
    );
    expect(counted.every(({ status }) => status === 'met')).toBe(true);
    expect(overview('all-met').detail).toContain(
      `Aan ${counted.length} van ${counted.length} criteria is volgens de gegevens voldaan.`,
    );
  });

  it('what is missing is what the outcome waits for', () => {
    expect(overview('all-met').summary).toContain('Er ontbreken geen gegevens die de uitkomst bepalen.');
    expect(overview('hads-missing').summary).toContain('Ontbreekt: HADS.');
  });

  it.each([
    ['all-met', 'IMSR-toets: voldoet volgens de gegevens. Er ontbreken geen gegevens die de uitkomst bepalen.'],
    ['four-sessions', 'IMSR-toets: voldoet volgens de gegevens niet: eerste lijn (stepped care).'],
    ['hads-missing', 'IMSR-toets: nog niet te beoordelen. Ontbreekt: HADS.'],
    ['two-readings', 'IMSR-toets: uw oordeel is nodig: eerste lijn (stepped care).'],
    ['transition-last-day', 'IMSR-toets: overgangsregeling loopt: eerste lijn (stepped care).'],
  ])('the summary about %s names what the outcome turns on', (patient, summary) => {
    expect(overview(patient).summary).toBe(summary);
  });

  it('what is missing stands there by name, in one line for each who can supply it, and as no no', () => {
    const { detail } = cardsFor(sandboxExample('hads-missing', 'imsr-overview'), 'en')[0]!.card;
    expect(detail).toContain('are met according to the data; what is missing does not count as a no.');
    expect(detail).toContain('**By the patient (1)**\n\nHADS anxiety; HADS depression\n\n');
    const many = cardsFor(sandboxExample('referral-incomplete', 'imsr-overview'), 'en')[0]!.card.detail!;
    const lists = [...many.matchAll(/^\*\*(By the .+) \(\d+\)\*\*\n\n(.+)\n\n/gm)];
    expect(lists.map(([, supplier, names]) => [supplier, names!.includes(' *(')])).toEqual([
      ['By the referrer', false],
      ['By the patient', false],
      ['By the treatment team', false],
      ['By the rehabilitation physician', false],
    ]);
  });
});

it('a source is cited in the language of the card', () => {
  for (const example of examples) {
    const details = cardsFor(example, 'en').map(({ card }) => card.detail ?? '');
    const cited = details.flatMap((detail) => detail.match(/\*\([a-z][^*]*\)\*/g) ?? []);
    for (const one of cited)
      expect(one, example.name).not.toMatch(
        /criterium|bijlage|voetnoot|hoofdstuk|standpunt|proces\b|inleiding|noot\b/i,
      );
  }
  const { criteria } = sandboxExample('all-met').assessment;
  expect(criteria.map(({ source }) => source.section)).toContain('criterium 5, slot');
});

it('what several criteria wait for is cited by each source with its own criteria', () => {
  const { assessment, ...rest } = sandboxExample('all-met');
  const wait = new Set(['adult', 'musculoskeletal-pain', 'no-excluded-pain']);
  const criteria = assessment.criteria.map((verdict) =>
    wait.has(verdict.id)
      ? { ...verdict, status: 'unknown' as const, reason: 'site-not-coded', missing: ['pain-site'] }
      : verdict,
  );
  const open = { ...rest, assessment: { ...assessment, outcome: 'unknown' as const, criteria } };
  expect(cardsFor(open, 'nl')[0]!.card.detail).toContain(
    '- plaats en diagnose van de pijn *(adult; standpunt Zorginstituut, hoofdstuk 2 en 3, PICO)* *(musculoskeletal-pain; indicatiedocument, criterium 1)* *(no-excluded-pain; indicatiedocument, exclusiecriterium 1)*',
  );
});

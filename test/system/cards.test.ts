import markdownIt from 'markdown-it';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, type Card, hookResponseSchema } from '../../src/schemas/card.js';
import { emptyPlaces } from '../empty-places.js';
import { r4Errors } from '../records/r4-validator.js';
import { type ComposedService, composeForTest } from './composed-service.js';
import { patients } from '../records/sandbox-bundle.js';
import { fullCall, type HookCall, type ServiceId, draftOf } from './synthetic-call.js';

const SERVICES: readonly ServiceId[] = ['imsr-referral', 'imsr-referral-select', 'imsr-indication', 'imsr-overview'];
const LANGUAGES = ['nl', 'en'];
const REVERSE_DOMAIN = /^[a-z]{2,}(\.[a-z0-9-]+)+(\.[A-Za-z0-9-]+)*$/;
const markdown = markdownIt({ html: true, linkify: true });

interface Asked {
  readonly name: string;
  readonly service: ServiceId;
  readonly patient: string;
  readonly language: string;
  readonly call: HookCall;
}

const asked: readonly Asked[] = patients.flatMap(({ id: patient, asOf }) =>
  SERVICES.flatMap((service) =>
    LANGUAGES.map((language) => {
      const call = { ...fullCall(service, patient), extension: { 'nl.imsr-cds.asOf': asOf } };
      return { name: `${patient}, ${service}, ${language}`, service, patient, language, call };
    }),
  ),
);

let service: ComposedService;
const given = new Map<string, { readonly text: string; readonly cards: readonly Card[] }>();
beforeAll(async () => {
  service = await composeForTest();
  for (const { name, service: id, call, language } of asked) {
    const { status, body, text } = await service.answer(id, call, language);
    expect(status, `${name}: ${text}`).toBe(200);
    given.set(name, { text, cards: body.cards });
  }
}, 120_000);
afterAll(() => service.close());

const askedAbout = (patient: string): readonly Asked[] => asked.filter((one) => one.patient === patient);
const cardsOf = ({ name }: Asked): readonly Card[] => given.get(name)!.cards;
const actionsOf = (one: Asked): readonly Action[] =>
  cardsOf(one).flatMap(({ suggestions }) => (suggestions ?? []).flatMap(({ actions }) => actions ?? []));

describe('whatever the patient, the service and the language', () => {
  it.each(patients.map(({ id }) => id))(
    '%s: [rows 1-5, 68, 83, 114, 116] answers cards as the specification has them, with nothing empty and no system action',
    (patient) => {
      for (const one of askedAbout(patient)) {
        const { text } = given.get(one.name)!;
        const body = JSON.parse(text) as object;
        expect(hookResponseSchema.safeParse(body).error).toBeUndefined();
        expect(emptyPlaces(body)).toEqual([]);
        expect(Object.keys(body)).toEqual(['cards', 'extension']);
        expect(cardsOf(one).length).toBeGreaterThan(0);
        expect(cardsOf(one).length).toBeLessThanOrEqual(4);
        for (const { extension } of cardsOf(one)) {
          for (const key of Object.keys(extension ?? {})) expect(key).toMatch(REVERSE_DOMAIN);
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))(
    '%s: [rows 75, 77] every summary is one plain sentence under 140 UTF-16 units, and nothing is critical',
    (patient) => {
      for (const one of askedAbout(patient)) {
        for (const { summary, indicator } of cardsOf(one)) {
          expect(summary.length).toBeLessThan(140);
          expect(summary.trim()).toBe(summary);
          expect(summary).not.toMatch(/[\n\r]|\*\*|[<>]|\]\(|\{|\}|undefined|null|NaN/);
          expect(['info', 'warning']).toContain(indicator);
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))(
    '%s: [rows 76, 84-86, 88] the detail is Markdown whose tables are tables, without raw HTML, with absolute links',
    (patient) => {
      for (const one of askedAbout(patient)) {
        for (const { detail } of cardsOf(one)) {
          const text = detail ?? '';
          expect(text).not.toMatch(/undefined|\[object|NaN|\{[a-z]/);
          const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
          expect(tokens.filter(({ type }) => type.startsWith('html'))).toEqual([]);
          const rows = text.split('\n').filter((line) => /^\s*\|/.test(line));
          const delimiters = rows.filter((line) => /^\s*\|[\s:|-]+\|\s*$/.test(line));
          expect(tokens.filter(({ type }) => type === 'tr_open')).toHaveLength(rows.length - delimiters.length);
          const hrefs = tokens.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href'));
          for (const href of hrefs) expect(href).toMatch(/^https:\/\//);
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))(
    '%s: [rows 73, 78, 90, 91, 93, 95, 96] the source is short, with an https address and a topic, and no icon',
    (patient) => {
      for (const one of askedAbout(patient)) {
        for (const { source } of cardsOf(one)) {
          expect(source.label.length).toBeLessThan(80);
          expect(source.url).toMatch(/^https:\/\//);
          expect(source.icon).toBeUndefined();
          expect(source.topic).toMatchObject({
            system: expect.stringMatching(/^https?:\/\//),
            code: expect.any(String),
          });
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))(
    '%s: [rows 79-81, 97-99, 101] suggestions say how many may be taken; override reasons are Codings with a display',
    (patient) => {
      for (const one of askedAbout(patient)) {
        for (const { suggestions, selectionBehavior, overrideReasons } of cardsOf(one)) {
          if (suggestions === undefined) expect(selectionBehavior).toBeUndefined();
          else expect(['at-most-one', 'any']).toContain(selectionBehavior);
          for (const suggestion of suggestions ?? []) {
            expect(suggestion.label).toMatch(/\S/);
            expect(suggestion.uuid).toMatch(/^[0-9a-f-]{36}$/);
            expect(suggestion).not.toHaveProperty('actionSelectionBehavior');
          }
          const recommended = (suggestions ?? []).filter(({ isRecommended }) => isRecommended === true);
          if (selectionBehavior === 'at-most-one') expect(recommended.length).toBeLessThan(2);
          for (const { system, code, display } of overrideReasons ?? []) {
            for (const text of [system, code, display]) expect(text).toMatch(/\S/);
          }
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))(
    '%s: [rows 102-107] every action is valid R4 about this patient, aims at a draft of the call, and drops nothing of it',
    (patient) => {
      for (const one of askedAbout(patient)) {
        const { draftOrders } = one.call.context as {
          draftOrders?: { entry: readonly { resource: { id: string } }[] };
        };
        const drafts = new Map((draftOrders?.entry ?? []).map(({ resource }) => [resource.id, resource]));
        for (const { type, description, resource, resourceId } of actionsOf(one)) {
          expect(['create', 'update', 'delete']).toContain(type);
          expect(description).toMatch(/\S/);
          if (type === 'delete') {
            expect(resource).toBeUndefined();
            expect([...drafts.keys()].map((id) => `ServiceRequest/${id}`)).toContain(resourceId);
            continue;
          }
          expect(r4Errors(resource)).toEqual([]);
          expect(resource?.['subject'] ?? resource?.['for']).toEqual({ reference: `Patient/${one.patient}` });
          if (type === 'update') {
            const draft = drafts.get(resource?.id ?? '');
            expect(draft).toBeDefined();
            for (const [element, value] of Object.entries(draft ?? {})) {
              if (Array.isArray(value)) expect(resource?.[element]).toEqual(expect.arrayContaining(value));
              else expect(resource?.[element]).toEqual(value);
            }
          }
        }
      }
    },
  );

  it.each(patients.map(({ id }) => id))('%s: [rows 82, 110-113] links are labelled, absolute and https', (patient) => {
    for (const one of askedAbout(patient)) {
      for (const { label, url, type, appContext, ...others } of cardsOf(one).flatMap(({ links }) => links ?? [])) {
        expect(label).toMatch(/\S/);
        expect(url).toMatch(/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/);
        if (type === 'absolute') expect(appContext).toBeUndefined();
        expect(others).toEqual({});
      }
    }
  });
});

describe('all answers together', () => {
  it('[row 74] no uuid of a card or a suggestion comes twice', () => {
    const cards = [...given.values()].flatMap((answer) => answer.cards);
    const uuids = cards.flatMap(({ uuid, suggestions }) => [uuid, ...(suggestions ?? []).map((one) => one.uuid)]);
    expect(new Set(uuids).size).toBe(uuids.length);
    expect(cards.length).toBeGreaterThanOrEqual(asked.length);
  });

  it('[rows 149, 150] the extension is an object, under a name of its own domain', () => {
    for (const { text } of given.values()) {
      const { extension } = JSON.parse(text) as { extension: Record<string, unknown> };
      expect(Object.keys(extension)).toEqual(['nl.imsr-cds.assessment']);
    }
  });

  it('[row 72] the same call gets the same guidance, whatever came between', async () => {
    // Ids are new every time, and so is the signature in the address of a report.
    const withoutIds = (text: string) =>
      text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid').replaceAll(/\/report\/[^"]+/g, '/report/');
    for (const { name, service: id, call, language } of asked.slice(0, 16)) {
      expect(withoutIds((await service.answer(id, call, language)).text)).toBe(withoutIds(given.get(name)!.text));
    }
  });

  it('[row 46] calls at the same time get what they get one after another', async () => {
    const some = asked.filter((_, index) => index % 5 === 0);
    const together = await Promise.all(some.map((one) => service.cards(one.service, one.call, one.language)));
    expect(together.map((cards) => cards.map(({ summary }) => summary))).toEqual(
      some.map((one) => cardsOf(one).map(({ summary }) => summary)),
    );
  });

  it('[row 89] with two orders in the call every card names its own', async () => {
    const call = fullCall('imsr-indication', 'all-met');
    const draft = draftOf('all-met', 'imsr-treatment');
    const second = {
      ...draft,
      id: 'second-draft',
      code: { ...(draft['code'] as object), text: 'Tweede behandelopdracht' },
    };
    call.context['draftOrders'] = { resourceType: 'Bundle', entry: [{ resource: draft }, { resource: second }] };
    const cards = await service.cards('imsr-indication', call);
    expect(cards.filter(({ detail }) => detail?.includes('Tweede behandelopdracht') === true)).toHaveLength(
      cards.length / 2,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { sentenceFor, situationOf } from '../../src/cards/situation.js';
import { LANGUAGES } from '../../src/schemas/service.js';
import { bundleOf, type Json, patients, type PatientBundle } from '../records/sandbox-bundle.js';
import { assess, detailsOf, type Example, requestFor } from './examples.js';

/** What a server gives that has more pages than came in. */
const CUT = { link: [{ relation: 'next', url: 'https://ehr.example/fhir?page=2' }] };

function assessed(id: string, change: (bundle: PatientBundle) => object): Example {
  const { service, asOf } = patients.find((one) => one.id === id)!;
  return assess(id, change(bundleOf(id)), service, asOf);
}

/** The forms with another answer to one question. */
function answered(bundle: PatientBundle, linkId: string, answer: object): PatientBundle {
  const entry = bundle.entry.map(({ resource }) => ({
    resource: {
      ...resource,
      ...(resource['item'] === undefined
        ? {}
        : {
            item: (resource['item'] as Json[]).map((item) =>
              item['linkId'] === linkId ? { ...item, answer: [answer] } : item,
            ),
          }),
    },
  }));
  return { ...bundle, entry };
}

describe('what was found against a criterion, in a record that came in part, is told and decides nothing', () => {
  it('a level that is too low, beside an approval', () => {
    const example = assessed('all-met', (bundle) => ({
      ...answered(bundle, 'wpn-level', { valueInteger: 2 }),
      ...CUT,
    }));
    expect(example.assessment.outcome).toBe('met');
    const told = detailsOf(example);
    expect(told).toMatch(
      /\*\*WPN-niveau 3 of 4\*\*: Niet te beoordelen\. .*In wat wel is ontvangen staat: WPN-niveau 2 \(/,
    );
    expect(told).not.toContain('staat geen daarvan');
    expect(told).toContain('Van wat te toetsen was, staat volgens de gegevens niets de opdracht in de weg.');
  });

  it('a patient who is not willing, on the card that asks for the rest of the forms', () => {
    const example = assessed('all-met', (bundle) => ({
      ...answered(bundle, 'patient-willing', { valueBoolean: false }),
      ...CUT,
    }));
    expect(example.assessment.outcome).toBe('unknown');
    expect(detailsOf(example)).toMatch(
      /Patiënt is bereid\*\*: Niet te beoordelen\. .*: De patiënt is niet bereid IMSR te volgen\./,
    );
  });

  it('a record that came whole, and one in which nothing speaks against it, say no such thing', () => {
    for (const change of [(bundle: PatientBundle) => bundle, (bundle: PatientBundle) => ({ ...bundle, ...CUT })]) {
      const { criteria } = assessed('all-met', change).assessment;
      expect(
        criteria.filter(({ id, withheld }) => withheld !== undefined && id !== 'first-line-psychosomatic'),
      ).toEqual([]);
    }
  });

  let compared = 0;
  it.each(patients.map(({ id }) => id))('every no of %s', (id) => {
    const whole = assessed(id, (bundle) => bundle);
    const part = assessed(id, (bundle) => ({ ...bundle, ...CUT }));
    for (const language of LANGUAGES) {
      const situation = situationOf(requestFor(part, language));
      for (const verdict of whole.assessment.criteria) {
        const open = part.assessment.criteria.find((one) => one.id === verdict.id)!;
        expect(open.status, verdict.id).not.toBe('not-met');
        // A rule over others is told by these.
        if (verdict.status !== 'not-met' || verdict.readings !== undefined || open.reason !== 'cut-short') continue;
        expect(sentenceFor(situation, open)).toContain(sentenceFor(situationOf(requestFor(whole, language)), verdict));
        compared += 1;
      }
    }
  });

  it('there are such ones among them', () => {
    expect(compared).toBeGreaterThan(10);
  });
});

import { describe, expect, it } from 'vitest';
import { assessPatient, countingMaker, MADE_AT } from './kit.js';
import type { Json } from '../records/sandbox-bundle.js';

/** What the report says first of each patient, below the outcome. */
const SAID: readonly { readonly patient: string; readonly nl: readonly string[]; readonly en: readonly string[] }[] = [
  { patient: 'all-met', nl: [], en: [] },
  { patient: 'hads-missing', nl: [], en: [] },
  {
    patient: 'four-sessions',
    nl: ['Voldoet niet: Eerste lijn doorlopen (stepped care).'],
    en: ['Not met: First line gone through (stepped care).'],
  },
  {
    patient: 'two-readings',
    nl: ['Te beoordelen: Eerste lijn doorlopen (stepped care).'],
    en: ['To be judged: First line gone through (stepped care).'],
  },
  {
    patient: 'abdominal-pain',
    nl: ['Voldoet niet: Pijn in het houdings- en bewegingsapparaat; Geen uitgesloten pijn.'],
    en: ['Not met: Musculoskeletal pain; No excluded kind of pain.'],
  },
];

const NAMES = /<p>((?:Voldoet niet|Te beoordelen|Not met|To be judged): [^<]*)<\/p>/g;
const named = (markup: string) => [...markup.matchAll(NAMES)].map(([, line]) => line);

describe.each(SAID)('the report of $patient names the criteria that its outcome turns on', ({ patient, ...said }) => {
  it.each(['nl', 'en'] as const)('in %s', async (language) => {
    const page = countingMaker().html(await assessPatient(patient), language);
    expect(named(page)).toEqual(said[language]);
    const [first] = (countingMaker().document(await assessPatient(patient), language, MADE_AT) as Json)['entry'] as {
      resource: { text: { div: string } };
    }[];
    expect(named(first!.resource.text.div)).toEqual(said[language]);
  });
});

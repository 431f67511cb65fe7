import { expect, it } from 'vitest';
import { cardsFor, sandboxExample } from './examples.js';

it.each(['indicated-before', 'publication-week'])(
  '%s: the summary asks for what is to be judged, which is whether the transition rule holds',
  (patient) => {
    const [nl] = cardsFor(sandboxExample(patient), 'nl');
    const [en] = cardsFor(sandboxExample(patient), 'en');
    expect([nl?.kind, en?.kind]).toEqual(['review', 'review']);
    expect(nl?.card.summary).toBe(
      'IMSR: uw oordeel is nodig: geldt de overgangsregeling? Volgens de gegevens niet voldaan: eerste lijn (stepped care).',
    );
    expect(en?.card.summary).toBe(
      'IMSR: your judgement is needed: does the transition rule hold? Not met by the data: first line (stepped care).',
    );
  },
);

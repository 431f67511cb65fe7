import { expect, it } from 'vitest';
import { cardsFor, sandboxExample } from './examples.js';

it.each(['indicated-before', 'publication-week'])(
  '%s: the summary asks for what is to be judged, which is whether the transition rule holds',
  (patient) => {
    const [nl] = cardsFor(sandboxExample(patient), 'nl');
    const [en] = cardsFor(sandboxExample(patient), 'en');
    expect([nl?.kind, en?.kind]).toEqual(['review', 'review']);
    expect(nl?.card.summary).toBe(
      'IMSR: eerste lijn (stepped care): volgens de gegevens niet voldaan; beoordeel of de overgangsregeling geldt.',
    );
    expect(en?.card.summary).toBe(
      'IMSR: first line (stepped care): not met according to the data; please judge whether the transition rule holds.',
    );
  },
);

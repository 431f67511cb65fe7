import { describe, expect, it } from 'vitest';
import { scoreRecord } from '../../src/instruments/score-record.js';
import { collectionRecord } from '../../src/record/collection-record.js';
import { encodeVignette, instrumentEncodings, plainEncoding, vignettes } from '../records/encode-vignette.js';
import { instruments } from './records.js';

describe.each(instrumentEncodings)('the instruments of every synthetic patient, written down as %s', (encoding) => {
  it.each(vignettes)('$id', (vignette) => {
    const { instr } = vignette.facts;
    const { scores, problems } = scoreRecord({
      instruments,
      record: collectionRecord(encodeVignette(vignette, { ...plainEncoding, instruments: encoding })),
      asOf: vignette.asOf,
    });
    const value = (id: string): number | undefined => scores.find(({ instrument }) => instrument === id)?.value;
    const psk = instr.psk?.reduce((sum, one) => sum + one / (instr.psk?.length ?? 1), 0);
    expect(value('pdi')).toBe(instr.pdi ?? undefined);
    expect(value('psk')).toBe(psk);
    expect(value('work-ability')).toBe(instr.was ?? undefined);
    expect(value('pain-catastrophizing')).toBe(instr.pcs ?? undefined);
    expect(value('pain-nrs')).toBe(instr.nrs ?? undefined);
    expect([value('hads-anxiety'), value('hads-depression')]).toEqual([instr.hads?.[0], instr.hads?.[1]]);
    expect(value('general-pain-questionnaire')).toBe(instr.avp === true ? 1 : undefined);
    expect(value('sf12-physical') === undefined).toBe(!instr.sf12);
    expect(problems).toEqual([]);
  });
});

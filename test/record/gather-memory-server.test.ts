import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { openConnections } from '../../src/record/connections.js';
import { gather, type GatherRequest } from '../../src/record/gather.js';
import { CONDITIONS_KEY, PATIENT, PATIENT_ID, PATIENT_KEY, procedure, PROCEDURES_KEY } from './fixtures.js';
import { GENEROUS_LIMITS } from './gathering.js';
import { type MemoryFhirServer, startMemoryServer } from './memory-fhir-server.js';

describe('[row 58] against a FHIR server with a search engine', () => {
  const connections = openConnections();
  let server: MemoryFhirServer | undefined;
  beforeAll(async () => {
    server = await startMemoryServer();
    await server.put(PATIENT);
    await server.put({ resourceType: 'Patient', id: 'synthetic-2' });
    await server.put({ resourceType: 'PractitionerRole', id: 'r1' });
    for (let session = 1; session <= 45; session += 1) {
      const performer = [{ actor: { reference: 'PractitionerRole/r1' } }];
      await server.put({ ...procedure(`p${session}`), ...{ status: 'completed', performer } });
    }
    const others = { subject: { reference: 'Patient/synthetic-2' } };
    await server.put({ ...procedure('of-another'), ...others });
    for (const [id, system, code] of [
      ['movement', 'http://hl7.org/fhir/sid/icf-nl', 'b710'],
      ['pdi', 'https://imsr-cds.example/fhir/CodeSystem/imsr-score', 'pdi'],
      ['weight', 'http://loinc.org', '29463-7'],
    ] as const) {
      const subject = { reference: `Patient/${PATIENT_ID}` };
      const observed = { status: 'final', subject, code: { coding: [{ system, code }] } };
      await server.put({ resourceType: 'Observation', id, ...observed });
    }
  });
  afterAll(async () => {
    await connections.close();
    await server?.close();
  });

  const gathered = (asked: Pick<GatherRequest, 'templates' | 'rolePaths'>) => {
    const base = server?.base ?? '';
    return gather({
      ...asked,
      context: { patientId: PATIENT_ID },
      fhirServer: base,
      client: { fhirServers: [base], privateAddressesAllowed: true },
      connections,
      limits: GENEROUS_LIMITS,
      clock: systemClock,
    });
  };

  it('the whole record of one patient is gathered, over all pages, with its roles', async () => {
    const record = await gathered({
      templates: [PATIENT_KEY, PROCEDURES_KEY, CONDITIONS_KEY],
      rolePaths: [{ type: 'Procedure', path: 'performer.actor' }],
    });
    expect(record.keys.map(({ key, state, gap }) => [key, state, gap])).toEqual([
      ['patient', 'present', undefined],
      ['procedures', 'present', undefined],
      ['conditions', 'empty', undefined],
    ]);
    const ids = record.byType('Procedure').map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: 45 }, (_, at) => `p${at + 1}`)));
    expect(record.resolve('PractitionerRole/r1')?.id).toBe('r1');
  });

  it('the Observations that the indication counts are had, and no others', async () => {
    const { services } = loadKnowledge('hooks').value!;
    const { prefetch } = services.find(({ id }) => id === 'imsr-indication')!;
    const record = await gathered({
      templates: prefetch.filter(({ key }) => key === 'patient' || key === 'observations'),
    });
    const ids = record.byType('Observation').map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set(['movement', 'pdi']));
  });
});

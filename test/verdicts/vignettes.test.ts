import { describe, expect, it } from 'vitest';
import { assessOrder } from '../../src/assess.js';
import { loadKnowledge } from '../../src/knowledge.js';
import { collectionRecord } from '../../src/record/collection-record.js';
import type { Resource } from '../../src/schemas/resource.js';
import { formatFinding } from '../../src/yaml/findings.js';
import { encodeVignette, encodingName, someEncodings, vignettes } from '../records/encode-vignette.js';

const loaded = loadKnowledge('hooks');
const service = loaded.value?.services.find(({ id }) => id === 'imsr-indication');

it('loads the protocol without findings', () => {
  expect(loaded.findings.map(formatFinding)).toEqual([]);
});

describe.each(someEncodings.map((encoding) => [encodingName(encoding), encoding] as const))('%s', (_, encoding) => {
  it.each(vignettes.map((vignette) => [vignette.id, vignette] as const))('vignette %s', (_id, vignette) => {
    const record = collectionRecord(encodeVignette(vignette, encoding));
    const order = record.byType('ServiceRequest').find(({ status }) => status === 'draft') as Resource;
    const { assessment, failures } = assessOrder(loaded.value!, {
      service: service!,
      record,
      order,
      reference: `ServiceRequest/${order.id}`,
      subject: 'Patient/p1',
      asOf: vignette.asOf,
    });
    const statuses = Object.fromEntries(assessment.criteria.map(({ id, status }) => [id, status]));
    const expected = vignette.expected.criteria;
    expect({
      outcome: assessment.outcome,
      criteria: Object.fromEntries(Object.keys(expected).map((id) => [id, statuses[id]])),
      failures,
    }).toEqual({ outcome: vignette.expected.outcome, criteria: expected, failures: [] });
  });
});

import fc from 'fast-check';

/** References that lead to a resource of the record, to one contained in the session, or nowhere. */
export const reference = (type: string) =>
  fc.constantFrom(`${type}/a`, `${type}/b`, '#a', '#b', '#lost', `${type}/lost`);

export const leads = (type: string) => fc.record({ reference: reference(type) });

/** What a contact says beside its type and id. */
export const contact = fc.record(
  { partOf: leads('Encounter'), class: fc.constantFrom({ code: 'IMP' }, { code: 'AMB' }) },
  { requiredKeys: [] },
);

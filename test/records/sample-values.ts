/** One plausible value per R4 data type. Codes are from no clinical code system, so that no criterion can read them. */
const coding = {
  system: 'https://imsr-cds.example/fhir/CodeSystem/synthetic',
  code: 'synthetic',
  display: 'synthetic',
};
const quantity = { value: 1, unit: '1', system: 'http://unitsofmeasure.org', code: '1' };

const samples: Readonly<Record<string, unknown>> = {
  'http://hl7.org/fhirpath/System.String': 'synthetic',
  base64Binary: 'c3ludGhldGlj',
  boolean: true,
  canonical: 'https://imsr-cds.example/fhir/synthetic',
  code: 'synthetic',
  date: '2026-01-15',
  dateTime: '2026-01-15',
  decimal: 1.5,
  id: 'synthetic',
  instant: '2026-01-15T10:00:00Z',
  integer: 1,
  markdown: 'synthetic',
  oid: 'urn:oid:2.16.840.1.113883.2.4.3.11',
  positiveInt: 1,
  string: 'synthetic',
  time: '10:00:00',
  unsignedInt: 1,
  uri: 'https://imsr-cds.example/fhir/synthetic',
  url: 'https://imsr-cds.example/fhir/synthetic',
  uuid: 'urn:uuid:3f1c2a6e-0f6b-4a53-9d8e-5f3c1f0a9b77',
  Address: { text: 'synthetic' },
  Age: { value: 40, unit: 'a', system: 'http://unitsofmeasure.org', code: 'a' },
  Annotation: { text: 'synthetic' },
  Attachment: { contentType: 'text/plain', data: 'c3ludGhldGlj' },
  CodeableConcept: { coding: [coding], text: 'synthetic' },
  Coding: coding,
  ContactDetail: { name: 'synthetic' },
  ContactPoint: { system: 'email', value: 'nobody@imsr-cds.example' },
  Contributor: { type: 'author', name: 'synthetic' },
  Count: { value: 1, system: 'http://unitsofmeasure.org', code: '1' },
  DataRequirement: { type: 'Basic' },
  Distance: { value: 1, unit: 'm', system: 'http://unitsofmeasure.org', code: 'm' },
  Dosage: { text: 'synthetic' },
  Duration: { value: 1, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' },
  ElementDefinition: { path: 'Basic.code' },
  Expression: { language: 'text/fhirpath', expression: 'true' },
  HumanName: { text: 'Synthetic person' },
  Identifier: { system: 'https://imsr-cds.example/fhir/NamingSystem/synthetic', value: 'synthetic' },
  Money: { value: 1, currency: 'EUR' },
  Narrative: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">synthetic</div>' },
  ParameterDefinition: { use: 'in', type: 'string' },
  Period: { start: '2026-01-01', end: '2026-01-15' },
  Population: { gender: { text: 'synthetic' } },
  ProdCharacteristic: { color: ['synthetic'] },
  ProductShelfLife: { type: { text: 'synthetic' }, period: quantity },
  Quantity: quantity,
  Range: { low: quantity, high: quantity },
  Ratio: { numerator: quantity, denominator: quantity },
  RelatedArtifact: { type: 'citation', display: 'synthetic' },
  Resource: { resourceType: 'Basic', id: 'inside', code: { text: 'synthetic' } },
  SampledData: { origin: quantity, period: 1, dimensions: 1, data: '1 2 3' },
  Signature: {
    type: [coding],
    when: '2026-01-15T10:00:00Z',
    who: { display: 'synthetic' },
  },
  SubstanceAmount: { amountText: 'synthetic' },
  MarketingStatus: { country: { text: 'NL' }, status: { text: 'synthetic' }, dateRange: { start: '2026-01-01' } },
  Timing: { event: ['2026-01-15'] },
  TriggerDefinition: { type: 'named-event', name: 'synthetic' },
  UsageContext: { code: coding, valueCodeableConcept: { text: 'synthetic' } },
};

/**
 * @param type an R4 data type as a StructureDefinition names it
 * @throws RangeError for a type without a sample, so that no element is left empty unnoticed
 */
export function sampleOf(type: string): unknown {
  if (!(type in samples)) throw new RangeError(`no sample for data type ${type}`);
  return samples[type];
}

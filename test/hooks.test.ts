import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bundle } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileReference } from '../src/fhirpath/reference.js';
import { loadKnowledge } from '../src/knowledge.js';
import { daysBetween } from '../src/logic/calendar.js';
import { formatFinding, validate } from '../src/yaml/findings.js';
import { readYaml } from '../src/yaml/read-yaml.js';
import { encodeVignette, type Vignette, vignettes } from './records/encode-vignette.js';
import { OTHER_REASONS, type OtherReasons, withOtherReasons } from './records/other-reasons.js';
import { assessBundle } from './verdicts/assess-bundle.js';

/** The cases that stand beside the rules: each is the base patient with some facts changed. */
const FOLDER = 'hooks/imsr/cases';

const byName = z.record(z.string(), z.unknown());
const recordSchema = z.strictObject({
  /** Resources beside those of the base patient, each as it stands or `like` another; the subject is filled in. */
  add: z.array(z.looseObject({ like: byName.optional() })).optional(),
  /** Elements by resource (`Type`, or `Type/id`); null takes an element away. */
  set: z.record(z.string(), byName).optional(),
  /** Answers by form and linkId, in place of those of the base patient. */
  answers: z.record(z.string(), z.record(z.string(), z.array(z.unknown()))).optional(),
});
const caseSchema = z.looseObject({
  name: z.string().min(1),
  expect: z.record(z.string(), z.string()),
  regime: z.string().optional(),
  reasons: z.record(z.string(), z.string()).optional(),
  figures: z.record(z.string(), byName).optional(),
  notes: z.record(z.string(), z.array(z.string())).optional(),
  missing: z.record(z.string(), z.array(z.string())).optional(),
  readings: z.record(z.string(), z.string()).optional(),
  record: recordSchema.optional(),
});
const fileSchema = z.strictObject({ cases: z.array(caseSchema).min(1) });
type Case = z.infer<typeof caseSchema>;

const base = vignettes[0]!;
const OWN = new Set<string>([
  ...OTHER_REASONS,
  'name',
  'expect',
  'regime',
  'reasons',
  'figures',
  'notes',
  'missing',
  'readings',
  'record',
  'asOf',
  'referredOn',
]);

function everyCase(): readonly (readonly [string, Case])[] {
  return readdirSync(FOLDER).flatMap((file) => {
    const document = readYaml(join(FOLDER, file), readFileSync(join(FOLDER, file), 'utf8'));
    const { value, findings } = validate(fileSchema, document);
    expect(findings.map(formatFinding)).toEqual([]);
    return value!.cases.map((one) => [`${file}: ${one.name}`, one] as const);
  });
}

function vignetteOf(one: Case): Vignette {
  const changed = Object.entries(one).filter(([key]) => !OWN.has(key));
  for (const [key] of changed) if (!(key in base.facts)) throw new Error(`no such fact: ${key}`);
  const facts: Record<string, unknown> = { ...base.facts, ...Object.fromEntries(changed) };
  facts['series'] = (facts['series'] as Series[]).map(spread);
  if (one['instr'] !== undefined) facts['instr'] = { ...base.facts.instr, ...(one['instr'] as object) };
  return {
    ...base,
    asOf: (one['asOf'] as string | undefined) ?? base.asOf,
    referredOn: (one['referredOn'] as string | undefined) ?? base.referredOn,
    facts: facts as unknown as Vignette['facts'],
  };
}

interface Series {
  readonly every?: { readonly from: string; readonly to: string; readonly number: number };
}

/** Evenly spaced session days, the first and last as given. */
function spread(series: Series): object {
  if (series.every === undefined) return series;
  const { from, to, number } = series.every;
  const span = daysBetween(from, to);
  const sessions = Array.from({ length: number }, (_, index) =>
    new Date(Date.parse(from) + Math.round((span * index) / (number - 1)) * 86_400_000).toISOString().slice(0, 10),
  );
  return { ...series, every: undefined, sessions };
}

/** The record of a case, with what the facts cannot say changed in the resources themselves. */
function recordOf(one: Case, vignette: Vignette): object {
  const plain = encodeVignette(vignette);
  return OTHER_REASONS.some((name) => name in one)
    ? withOtherReasons(plain, one as OtherReasons)
    : changed(plain, one.record ?? {});
}

function changed(bundle: Bundle, { add = [], set = {}, answers = {} }: z.infer<typeof recordSchema>): object {
  const resources = (bundle.entry ?? []).map(({ resource }) => resource as unknown as Record<string, unknown>);
  const found = (name: string) => {
    const named = resources.filter(
      ({ resourceType, id }) => resourceType === name || `${String(resourceType)}/${String(id)}` === name,
    );
    if (named.length !== 1) throw new Error(`not one resource: ${name}`);
    return named[0]!;
  };
  for (const [name, elements] of Object.entries(set)) {
    const resource = found(name);
    for (const [element, value] of Object.entries(elements)) {
      if (value === null) delete resource[element];
      else resource[element] = value;
    }
  }
  for (const [form, byLink] of Object.entries(answers)) {
    const response = found(`QuestionnaireResponse/${form}`);
    const kept = (response['item'] as { linkId: string }[]).filter(({ linkId }) => !(linkId in byLink));
    const given = Object.entries(byLink).flatMap(([linkId, answer]) =>
      answer.length === 0 ? [] : [{ linkId, answer }],
    );
    response['item'] = [...kept, ...given];
  }
  const subject = { reference: `Patient/${String(found('Patient')['id'])}` };
  const added = add.map(({ like, ...own }) => {
    const told = Object.entries({ subject, ...like, ...own }).filter(([, value]) => value !== null);
    return { resource: Object.fromEntries(told) };
  });
  return { ...bundle, entry: [...(bundle.entry ?? []), ...added] };
}

const cases = everyCase();
const { value: knowledge } = loadKnowledge('hooks');
const { value: onReference } = loadKnowledge('hooks', { engine: compileReference });

describe('cases beside the rules', () => {
  it.each(cases)('%s', (_, one) => {
    const vignette = vignetteOf(one);
    const record = recordOf(one, vignette);
    const { assessment, failures } = assessBundle(knowledge!, record, vignette.asOf);
    expect(assessBundle(onReference!, record, vignette.asOf).assessment).toEqual(assessment);
    const { outcome, ...statuses } = one.expect;
    const told = (id: string) => assessment.criteria.find((verdict) => verdict.id === id);
    const names = (record: Record<string, unknown> | undefined) => Object.keys(record ?? {});
    expect(failures).toEqual([]);
    expect({
      ...(outcome === undefined ? {} : { outcome: assessment.outcome }),
      ...(one.regime === undefined ? {} : { regime: assessment.regime }),
      statuses: Object.fromEntries(names(statuses).map((id) => [id, told(id)?.status])),
      reasons: Object.fromEntries(names(one.reasons).map((id) => [id, told(id)?.reason])),
      notes: Object.fromEntries(names(one.notes).map((id) => [id, told(id)?.notes])),
      missing: Object.fromEntries(names(one.missing).map((id) => [id, told(id)?.missing])),
      readings: one.readings === undefined ? undefined : told('stepped-care')?.readings,
    }).toEqual({
      ...(outcome === undefined ? {} : { outcome }),
      ...(one.regime === undefined ? {} : { regime: one.regime }),
      statuses,
      reasons: one.reasons ?? {},
      notes: one.notes ?? {},
      missing: one.missing ?? {},
      readings: one.readings,
    });
    for (const [id, figures] of Object.entries(one.figures ?? {})) {
      // A figure that is null may not be told.
      const values = names(figures).map((name) => [name, told(id)?.figures[name] ?? null]);
      expect(Object.fromEntries(values)).toEqual(figures);
    }
  });
});

import { isDay } from '../logic/calendar.js';
import type { ParameterFile, ProtocolFile } from '../schemas/protocol.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { YamlDocument } from '../yaml/read-yaml.js';

type Value = Exclude<ParameterFile['values'][string]['value'], null | undefined>;

/** What a value of a unit looks like, and in words what it must be. */
interface Form {
  readonly fits: (value: Value) => boolean;
  readonly expected: string;
}

const COUNT: Form = {
  fits: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  expected: 'a whole number, 0 or more, without quotes',
};
const AMOUNT: Form = {
  fits: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  expected: 'a number, 0 or more, without quotes; or a unit that is no amount: duration, calendar day, choice, code',
};
const FACTORS: Form = {
  fits: (value) => isList(value) && value.every((factor) => /^\d{1,9}(\.\d{1,8})?$/.test(factor)),
  expected: 'a list of decimals, each as a text such as "0.15"',
};

/** Units that say more than what a number counts. */
const FORMS: Readonly<Record<string, Form>> = {
  sessions: COUNT,
  weeks: COUNT,
  days: COUNT,
  duration: {
    fits: (value) => typeof value === 'string' && /^[1-9]\d{0,3} (day|week|month|year)s?$/.test(value),
    expected: 'a number of days, weeks, months or years, such as "2 years"',
  },
  'calendar day': {
    fits: (value) => typeof value === 'string' && isDay(value),
    expected: 'an existing calendar day, YYYY-MM-DD',
  },
};

/** An amount by something else, and the only units beside those above: of another word nobody could tell a slip. */
const RATE = /^\S.* per \S.*$/;

/** Units of which the value is one, or for `code` a list, of the `choices` that the file names. */
const CHOSEN: ReadonlySet<string> = new Set(['choice', 'reading', 'anchor', 'code']);

/**
 * What is wrong with the values of a parameter: of another form than its unit asks for, none of its choices, or from
 * a document that the protocol does not name. A value of another form would be compared with nothing and read as no.
 *
 * @param protocol what `protocol.yaml` names; absent when that file could not be read
 */
export function checkParameter(
  document: YamlDocument,
  file: ParameterFile,
  protocol: Pick<ProtocolFile, 'documents' | 'countingRules'> | undefined,
): readonly Finding[] {
  const findings: Finding[] = [];
  const documents = protocol && Object.keys(protocol.documents);
  const rules = protocol?.countingRules ?? [];
  if (protocol !== undefined && file.rule !== undefined && !rules.includes(file.rule)) {
    const expected = `a counting rule of protocol.yaml: ${rules.join(', ')}`;
    findings.push(findingAt(document, ['rule'], file.rule, expected));
  }
  const chosen = CHOSEN.has(file.unit);
  if (chosen !== (file.choices !== undefined)) {
    const found = chosen ? `a ${file.unit} without choices` : `choices of the unit ${file.unit}`;
    findings.push(findingAt(document, [chosen ? 'unit' : 'choices'], found, 'choices for a choice, and only for one'));
  }
  if (chosen && file.several === true) {
    findings.push(
      findingAt(document, ['several'], `several of the unit ${file.unit}`, 'amounts, where there are several'),
    );
  }
  const isKnown = chosen || FORMS[file.unit] !== undefined || RATE.test(file.unit);
  if (!isKnown) {
    const known = [...Object.keys(FORMS), ...CHOSEN].join(', ');
    findings.push(
      findingAt(document, ['unit'], file.unit, `${known}, or an amount per something, such as "mg per day"`),
    );
  }
  const form = isKnown ? formOf(file) : undefined;
  let above: string | undefined;
  for (const [from, { value, source }] of Object.entries(file.values)) {
    // As written they tell a history: one out of its order is a slip of the year, and would hold in days that are over.
    if (above !== undefined && from < above)
      findings.push(findingAt(document, ['values', from], `${from} below ${above}`, 'days in their order'));
    above = from;
    if (value === undefined) {
      const expected = form?.expected ?? 'a value';
      findings.push(findingAt(document, ['values', from, 'value'], 'nothing', `${expected}; null where it ends`));
    } else if (value !== null && form !== undefined && !form.fits(value)) {
      findings.push(findingAt(document, ['values', from, 'value'], JSON.stringify(value), form.expected));
    }
    if (documents !== undefined && !documents.includes(source.document)) {
      const expected = `a document of protocol.yaml: ${documents.join(', ')}`;
      findings.push(findingAt(document, ['values', from, 'source', 'document'], source.document, expected));
    }
  }
  return findings;
}

function formOf({ unit, choices, several }: ParameterFile): Form | undefined {
  if (!CHOSEN.has(unit)) return several === true ? FACTORS : (FORMS[unit] ?? AMOUNT);
  if (choices === undefined) return undefined;
  if (unit !== 'code') {
    return {
      fits: (value) => typeof value === 'string' && choices.includes(value),
      expected: `one of its choices: ${choices.join(', ')}`,
    };
  }
  return {
    fits: (value) =>
      isList(value) && value.every((code) => choices.includes(code)) && new Set(value).size === value.length,
    expected: `a list of some of its choices, each once: ${choices.join(', ')}`,
  };
}

function isList(value: Value): value is string[] {
  return Array.isArray(value) && value.length > 0;
}

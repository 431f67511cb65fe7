import fc from 'fast-check';

type Text = fc.Arbitrary<string>;

/** Expressions of the supported subset, well and badly typed; rooted where `roots` say. */
export function arbitraryExpression(roots: readonly string[], members: readonly string[]): Text {
  return fc.letrec<Record<'expression' | 'path' | 'step' | 'criterion' | 'operand', string>>((tie) => ({
    path: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constantFrom(...roots),
      concat([fc.constantFrom(...roots), tie('step')]),
      concat([tie('path'), tie('step')]),
      concat([fc.constant('('), tie('path'), fc.constant(' | '), tie('path'), fc.constant(')')]),
    ),
    step: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...members).map((name) => `.${name}`) },
      { weight: 3, arbitrary: fc.constantFrom(...STEPS) },
      { weight: 2, arbitrary: within('.where', tie('criterion')) },
      { weight: 1, arbitrary: within('.exists', tie('criterion')) },
      { weight: 1, arbitrary: within('.all', tie('criterion')) },
      { weight: 1, arbitrary: within('.select', tie('operand')) },
      { weight: 1, arbitrary: within('.combine', tie('operand')) },
      { weight: 1, arbitrary: within('.exclude', tie('path')) },
      { weight: 1, arbitrary: within('.subsetOf', tie('path')) },
      {
        weight: 1,
        arbitrary: concat([
          fc.constant('.iif('),
          tie('criterion'),
          fc.constant(', '),
          tie('operand'),
          fc.constant(')'),
        ]),
      },
    ),
    operand: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      fc.constantFrom(...LITERALS),
      fc.constantFrom(...members),
      concat([fc.constantFrom(...members), tie('step')]),
      concat([fc.constantFrom(...members), fc.constant('.'), fc.constantFrom(...members)]),
      concat([tie('operand'), fc.constantFrom(' + ', ' - ', ' & ', ' * ', ' / ', ' div ', ' mod '), tie('operand')]),
    ),
    criterion: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      concat([tie('operand'), fc.constantFrom(...COMPARISONS), tie('operand')]),
      concat([fc.constantFrom(...members), fc.constant(' = '), fc.constantFrom("'completed'", "'a'", '%word')]),
      concat([tie('criterion'), fc.constantFrom(' and ', ' or ', ' xor ', ' implies '), tie('criterion')]),
      concat([fc.constantFrom(...members), tie('step')]),
      within('', tie('criterion')).map((inner) => `${inner}.not()`),
      fc.constantFrom('$this.exists()', '$index = 0', '$index < %many', 'true', '{}'),
    ),
    expression: fc.oneof(
      { weight: 4, arbitrary: tie('path') },
      { weight: 2, arbitrary: concat([tie('path'), fc.constantFrom(...COMPARISONS), tie('path')]) },
      { weight: 2, arbitrary: concat([tie('path'), fc.constantFrom(...COMPARISONS), fc.constantFrom(...LITERALS)]) },
      {
        weight: 2,
        arbitrary: concat([
          tie('path'),
          fc.constantFrom(' and ', ' or ', ' implies ', ' + ', ' - ', ' & '),
          tie('path'),
        ]),
      },
    ),
  })).expression;
}

function concat(pieces: Text[]): Text {
  return fc.tuple(...pieces).map((texts) => texts.join(''));
}

function within(name: string, argument: Text): Text {
  return argument.map((text) => `${name}(${text})`);
}

const COMPARISONS = [
  ' = ',
  ' != ',
  ' < ',
  ' <= ',
  ' > ',
  ' >= ',
  ' ~ ',
  ' !~ ',
  ' in ',
  ' contains ',
  ' is Period or 1 = ',
];

const LITERALS = [
  "'completed'",
  "'a'",
  "'2025-11-03'",
  '0',
  '1',
  '2',
  '6',
  '1.5',
  '-1',
  'true',
  '{}',
  '@2025-11-03',
  '@2025-11',
  '@2024-02-29',
  '@2025-11-03T10:15:00+01:00',
  '2 years',
  '3 months',
  '84 days',
  '(@2025-11-03 - 2 years)',
  '(@2024-02-29 + 12 months)',
  '%asOf.toDate()',
  '(%asOf.toDate() - %lookback.toQuantity())',
  '%many',
  '%word',
  '%words',
  '%nothing',
];

const STEPS = [
  '.exists()',
  '.empty()',
  '.not()',
  '.count()',
  '.first()',
  '.last()',
  '.single()',
  '.tail()',
  '.skip(1)',
  '.take(2)',
  '.distinct()',
  '.isDistinct()',
  '.repeat(item)',
  '.repeat(item | answer.item)',
  '.repeat(contained)',
  '[0]',
  '[1]',
  '.ofType(dateTime)',
  '.ofType(Period)',
  '.ofType(string)',
  '.ofType(System.String)',
  '.ofType(FHIR.Quantity)',
  '.ofType(PractitionerRole)',
  '.ofType(Coding)',
  '.is(Period)',
  '.as(dateTime)',
  '.resolve()',
  '.resolve().ofType(PractitionerRole).specialty',
  ".memberOf('physical')",
  ".memberOf('mental')",
  '.allTrue()',
  '.anyTrue()',
  '.allFalse()',
  '.anyFalse()',
  '.hasValue()',
  '.toString()',
  '.toInteger()',
  '.toDecimal()',
  '.toBoolean()',
  '.toDate()',
  '.toDateTime()',
  '.toQuantity()',
  '.convertsToDate()',
  '.convertsToInteger()',
  '.length()',
  '.upper()',
  '.lower()',
  '.trim()',
  ".startsWith('c')",
  ".endsWith('e')",
  ".contains('a')",
  ".indexOf('m')",
  '.substring(1)',
  '.substring(0, 2)',
  ".replace('a', '$&b')",
  ".matches('^c.*d$')",
  '.children()',
  ".extension('u')",
];

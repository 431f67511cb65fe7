/** How a function's arguments are read. */
export interface FunctionRule {
  /** Allowed numbers of arguments. */
  readonly counts: readonly number[];
  /** `criteria`: evaluated per item; `type`: a type name; `value`: evaluated once, where the expression stands. */
  readonly takes: 'criteria' | 'type' | 'value';
}

const value = (...counts: number[]): FunctionRule => ({ counts, takes: 'value' });
const criteria = (...counts: number[]): FunctionRule => ({ counts, takes: 'criteria' });
const type = (...counts: number[]): FunctionRule => ({ counts, takes: 'type' });

/**
 * Every function that an expression may call, with its numbers of arguments.
 * @source FHIRPath 2.0.0 §5-7, FHIR R4 §fhirpath (memberOf, resolve, extension, hasValue)
 */
export const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map(
  Object.entries({
    empty: value(0),
    exists: criteria(0, 1),
    all: criteria(1),
    allTrue: value(0),
    anyTrue: value(0),
    allFalse: value(0),
    anyFalse: value(0),
    subsetOf: value(1),
    supersetOf: value(1),
    count: value(0),
    distinct: value(0),
    isDistinct: value(0),
    where: criteria(1),
    select: criteria(1),
    repeat: criteria(1),
    ofType: type(1),
    is: type(1),
    as: type(1),
    single: value(0),
    first: value(0),
    last: value(0),
    tail: value(0),
    skip: value(1),
    take: value(1),
    intersect: value(1),
    exclude: value(1),
    union: value(1),
    combine: value(1),
    iif: criteria(2, 3),
    not: value(0),
    toBoolean: value(0),
    convertsToBoolean: value(0),
    toInteger: value(0),
    convertsToInteger: value(0),
    toDecimal: value(0),
    convertsToDecimal: value(0),
    toDate: value(0),
    convertsToDate: value(0),
    toDateTime: value(0),
    convertsToDateTime: value(0),
    toTime: value(0),
    toString: value(0),
    toQuantity: value(0, 1),
    convertsToQuantity: value(0),
    indexOf: value(1),
    substring: value(1, 2),
    startsWith: value(1),
    endsWith: value(1),
    contains: value(1),
    upper: value(0),
    lower: value(0),
    trim: value(0),
    replace: value(2),
    matches: value(1, 2),
    matchesFull: value(1, 2),
    replaceMatches: value(2),
    length: value(0),
    toChars: value(0),
    split: value(1),
    join: value(0, 1),
    abs: value(0),
    ceiling: value(0),
    floor: value(0),
    round: value(0, 1),
    truncate: value(0),
    power: value(1),
    sqrt: value(0),
    children: value(0),
    descendants: value(0),
    aggregate: criteria(1, 2),
    sum: value(0),
    min: value(0),
    max: value(0),
    avg: value(0),
    extension: value(1),
    hasValue: value(0),
    getValue: value(0),
    memberOf: value(1),
    resolve: value(0),
  }),
);

/** Functions that FHIRPath knows and that may not be used here, each with the reason. */
export const REFUSED: ReadonlyMap<string, string> = new Map([
  ['today', "it reads the machine's clock; use %asOf"],
  ['now', "it reads the machine's clock; use %asOf"],
  ['timeOfDay', "it reads the machine's clock; use %asOf"],
  ['trace', 'it writes record values to a log'],
  ['defineVariable', 'name the sub-expression as a fact instead'],
  ['weight', 'scores are read by the instruments'],
  ['ordinal', 'scores are read by the instruments'],
  ['htmlChecks', 'narrative is not read'],
  ['htmlchecks', 'narrative is not read'],
]);

/** Variables that FHIRPath itself gives. */
export const BUILT_IN_VARIABLES: ReadonlySet<string> = new Set(['ucum', 'context']);

/** Variables that reach outside the record. */
export const REFUSED_VARIABLES: ReadonlySet<string> = new Set(['terminologies', 'factory', 'server', 'fhirServerUrl']);

/** Functions that give back items of their input. */
export const PASSING: ReadonlySet<string> = new Set([
  'where',
  'first',
  'last',
  'single',
  'tail',
  'skip',
  'take',
  'distinct',
  'exclude',
  'intersect',
]);

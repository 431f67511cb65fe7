/** Texts: a collection holds some of these and nothing else. */
export interface KnownTexts {
  readonly texts: ReadonlySet<string>;
  /** What they all are, in words; absent: they are named one by one. */
  readonly called?: string;
  /** They stand in the expression itself. */
  readonly written?: true;
}

/** Rows: they have these columns, each with what is known of its values. */
export interface KnownRows {
  readonly columns: ReadonlyMap<string, Known>;
}

/** An item of a form, its answers or their values: what the codes, or texts in place of codes, can be. */
export interface KnownItem {
  readonly answers: KnownTexts;
}

/** What a collection can hold; nothing where it may be anything. */
export type Known = KnownTexts | KnownRows | KnownItem | undefined;

/** What is known before there is a record. */
export interface KnownValues {
  variable(name: string): Known;
  /** The items of all forms; absent where the forms are not known. */
  readonly linkIds?: KnownTexts | undefined;
  /** The codes among which the answer to an item is chosen; nothing where it may be anything. */
  answersTo(linkId: string): KnownTexts | undefined;
}

/** A collection without values. */
export const NO_VALUES: KnownTexts = { texts: new Set() };

/** Those texts and no other. */
export function textsOf(texts: Iterable<string>): KnownTexts {
  return { texts: new Set(texts) };
}

export function isTexts(known: Known): known is KnownTexts {
  return known !== undefined && 'texts' in known;
}

export function isRows(known: Known): known is KnownRows {
  return known !== undefined && 'columns' in known;
}

/** What two collections together can hold. */
export function eitherOf(one: Known, other: Known): Known {
  if (isNothing(one)) return other;
  if (isNothing(other) || one === other) return one;
  if (isTexts(one) && isTexts(other)) {
    const written = one.written === true && other.written === true;
    const called = one.called === other.called ? one.called : undefined;
    return {
      texts: new Set([...one.texts, ...other.texts]),
      ...(called === undefined ? {} : { called }),
      ...(written ? { written } : {}),
    };
  }
  if (!isRows(one) || !isRows(other)) return undefined;
  const names = new Set([...one.columns.keys(), ...other.columns.keys()]);
  // A row without a column has no value there.
  const column = ({ columns }: KnownRows, name: string): Known => (columns.has(name) ? columns.get(name) : NO_VALUES);
  return { columns: new Map([...names].map((name) => [name, eitherOf(column(one, name), column(other, name))])) };
}

function isNothing(known: Known): boolean {
  return isTexts(known) && known.texts.size === 0;
}

import type { ClientEntry } from './clients-file.js';

/** Something about two clients of one file that would leave open which of them is calling. */
export interface SharedIssuer {
  readonly path: readonly (string | number)[];
  readonly found: string;
  readonly expected: string;
}

/** A client with its place in the file. */
export interface PlacedEntry {
  readonly entry: ClientEntry;
  readonly place: number;
}

/** Clients may share an issuer only when the tenant of a token tells them apart. */
export function sharedIssuers(entries: readonly PlacedEntry[]): readonly SharedIssuer[] {
  return entries.flatMap(({ entry, place }, index) =>
    entry.issuers.flatMap((issuer, at) => {
      const clash = entries
        .slice(0, index)
        .some(({ entry: other }) => other.issuers.includes(issuer) && !toldApart(entry.tenants, other.tenants));
      return clash || entry.issuers.indexOf(issuer) < at
        ? [
            {
              path: ['clients', place, 'issuers', at],
              found: 'an issuer that stands elsewhere too',
              expected: 'an issuer of its own, or tenants that no other client of this issuer has',
            },
          ]
        : [];
    }),
  );
}

function toldApart(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return one !== undefined && other !== undefined && !one.some((tenant) => other.includes(tenant));
}

import type { PathStep } from '../yaml/document.js';
import { type Finding, findingAt } from '../yaml/findings.js';
import type { Place } from './library.js';

/** Tells of something wrong at a path from a place. */
export type Find = (place: Place, path: readonly PathStep[], found: string, expected: string) => void;

/** Tells of a name that is none of those known; it would lead nowhere. */
export type Demand = (place: Place, path: readonly PathStep[], name: string, known: Iterable<string>) => void;

export function demandWith(find: Find): Demand {
  return (place, path, name, known) => {
    const names = [...known];
    if (!names.includes(name)) find(place, path, name, names.join(' | '));
  };
}

/** Adds what is told to a list of findings. */
export function findInto(findings: Finding[]): Find {
  return ({ document, path: base }, path, found, expected) => {
    findings.push(findingAt(document, [...base, ...path], found, expected));
  };
}

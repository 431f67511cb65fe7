import { sentenceOf } from './sentence-of.js';
import type { Write } from './write.js';

/** The exit code of a command that was asked wrongly. */
export const WRONG_USE = 2;

/**
 * Says what is wrong with how a command was asked, and how it is asked.
 *
 * @returns {@link WRONG_USE}
 */
export function wrongUse(sentence: string, usage: string, write: Write): number {
  write(`${sentence}\n\n${usage}`, 'stderr');
  return WRONG_USE;
}

/**
 * What a command is asked; where that cannot be read, what is wrong is said as {@link wrongUse} does.
 *
 * @param read gives what is asked, or what is wrong with how it is asked; what it throws is wrong too
 * @returns nothing when it was asked wrongly
 */
export function askedOf<T extends object>(read: () => T | string, usage: string, write: Write): T | undefined {
  let asked: T | string;
  try {
    asked = read();
  } catch (error) {
    asked = sentenceOf(error);
  }
  if (typeof asked !== 'string') return asked;
  wrongUse(asked, usage, write);
  return undefined;
}

import type { Write } from './write.js';

/**
 * Says what is wrong with how a command was asked, and how it is asked.
 *
 * @returns exit code 2
 */
export function wrongUse(sentence: string, usage: string, write: Write): number {
  write(`${sentence}\n\n${usage}`, 'stderr');
  return 2;
}

import type { Position } from './parse.js';

/** Says that a construct is left to another engine. */
export class Unsupported extends Error {
  constructor(
    construct: string,
    readonly position?: Position,
  ) {
    super(`left to the reference engine: ${construct}`);
    this.name = 'Unsupported';
  }
}

/** Says that a construct is left to another engine. */
export class Unsupported extends Error {
  constructor(construct: string) {
    super(`left to the reference engine: ${construct}`);
    this.name = 'Unsupported';
  }
}

/**
 * A text in the form in which JavaScript keeps property names, one for all that read the same. Looking a property up by it need
 * not turn it into that first, and two such texts are compared by their address. `JSON.parse` gives short texts in this form.
 */
export function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0]!;
}

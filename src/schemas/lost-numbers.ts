/** A number in JSON, wherever it stands; at times also a piece of a text that looks like one. */
const NUMBER = /[[:,]\s*(-?\d[\d.eE+-]*)(?=\s*[,}\]])/g;

/**
 * The numbers of a JSON text that would be written in another way than they came: 1.10, of which the precision is told by its
 * zero, 1E2, or more digits than a number holds. A call is gone through for that in some milliseconds per MB.
 *
 * @returns each as it is read; it may stand in the text in its usual way too
 * @source FHIR R4, Datatypes, decimal: the precision has meaning and is to be kept
 */
export function lostNumbers(text: string): ReadonlySet<number> {
  const lost = new Set<number>();
  for (const [, written] of text.matchAll(NUMBER)) {
    const number = Number(written);
    if (JSON.stringify(number) !== written) lost.add(number);
  }
  return lost;
}

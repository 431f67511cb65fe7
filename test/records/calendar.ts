const amsterdam = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Amsterdam',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** A wall-clock time in Amsterdam as a FHIR dateTime with its offset; `utc` writes the same instant with `Z`. */
export function amsterdamInstant(day: string, time: string, form: 'offset' | 'utc'): string {
  const wall = `${day} ${time}`;
  for (const offset of ['+01:00', '+02:00']) {
    const instant = new Date(`${day}T${time}${offset}`);
    if (amsterdam.format(instant) === wall) {
      return form === 'utc' ? instant.toISOString().replace('.000Z', 'Z') : `${day}T${time}${offset}`;
    }
  }
  throw new RangeError(`${wall} does not exist in Amsterdam`);
}

/** The calendar day some days later (or earlier, when negative). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same calendar day some years earlier; 29 February becomes the 28th. */
export function yearsBefore(day: string, years: number): string {
  const earlier = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
  return addDays(earlier, 0) === earlier ? earlier : addDays(earlier, -1);
}

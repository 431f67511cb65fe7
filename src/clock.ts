/**
 * The one place that knows what time it is and which calendar day an instant falls on.
 *
 * Everything else receives a {@link Clock}; a verdict never depends on the machine's own clock or time zone.
 */

/** A calendar day, `YYYY-MM-DD`, in the zone in which the protocol's dates are meant. */
export type Day = string;

export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Today as a calendar day in the protocol's time zone. */
  today(): Day;
}

/** The protocol's dates are Dutch calendar days. */
const CALENDAR_ZONE = 'Europe/Amsterdam';

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: CALENDAR_ZONE, month: '2-digit', day: '2-digit' });

const QUARTER_MS = 15 * 60 * 1000;
const HOUR_MS = 4 * QUARTER_MS;
const DAY_MS = 24 * HOUR_MS;

/** From here on the Dutch day begins one or two hours before that of UTC, and on the hour. */
const WHOLE_HOURS_FROM_MS = Date.UTC(1946, 0, 1);

/** The last hours of a UTC day, in which the next Dutch day has begun or is about to. */
interface Evening {
  readonly today: Day;
  readonly tomorrow: Day;
  readonly tomorrowFromMs: number;
}

// Records are full of instants on the same few hundred days, and asking for one costs more than reading all else in a date.
const evenings = new Map<number, Evening>();
const MOST_EVENINGS = 5_000;

/**
 * The Dutch calendar day on which an instant falls. In a year before 0 or after 9999 the text is longer than that of a day, as
 * ISO 8601 writes such years.
 *
 * @throws RangeError where it is no instant
 */
export function dayOfInstant(epochMs: number): Day {
  if (!(epochMs >= WHOLE_HOURS_FROM_MS)) return dayByTables(epochMs);
  const number = Math.floor(epochMs / DAY_MS);
  let evening = evenings.get(number);
  if (evening === undefined) {
    evening = eveningOf(number * DAY_MS);
    if (evenings.size >= MOST_EVENINGS) evenings.clear();
    evenings.set(number, evening);
  }
  return epochMs < evening.tomorrowFromMs ? evening.today : evening.tomorrow;
}

function eveningOf(startMs: number): Evening {
  const today = dayByTables(startMs);
  const [twoHours, oneHour] = [startMs + 22 * HOUR_MS, startMs + 23 * HOUR_MS];
  const tomorrow = dayByTables(oneHour);
  return { today, tomorrow, tomorrowFromMs: dayByTables(twoHours) === today ? oneHour : twoHours };
}

/** The day of UTC, or the next where that has begun in the east. The year is not asked of the tables: they count it by era. */
function dayByTables(epochMs: number): Day {
  const day = utcDay(epochMs);
  return day.endsWith(dayFormat.format(epochMs)) ? day : utcDay(epochMs + DAY_MS);
}

function utcDay(epochMs: number): Day {
  return new Date(epochMs).toISOString().slice(0, -'T00:00:00.000Z'.length);
}

/** Turns an instant into its text in UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`; the same instant twice in a row costs nothing. */
export function createInstantText(): (epochMs: number) => string {
  let last = Number.NaN;
  let text = '';
  return (epochMs) => {
    if (epochMs !== last) {
      text = new Date(epochMs).toISOString();
      last = epochMs;
    }
    return text;
  };
}

/**
 * The instant at which a Dutch calendar day begins, in milliseconds since the epoch.
 *
 * @param day `YYYY-MM-DD`
 */
export function startOfDayMs(day: Day): number {
  // Found by looking, so that no rule about summer time stands here: zones lie within 15 hours of UTC, in whole quarters.
  let instantMs = Date.parse(`${day}T00:00:00Z`) - 60 * QUARTER_MS;
  while (dayOfInstant(instantMs) < day) instantMs += QUARTER_MS;
  return instantMs;
}

/** The instant at which a Dutch calendar day is over: the first of the next day. */
export function endOfDayMs(day: Day): number {
  // No day is shorter than that.
  let instantMs = startOfDayMs(day) + 23 * HOUR_MS;
  while (dayOfInstant(instantMs) === day) instantMs += QUARTER_MS;
  return instantMs;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  today: createDayOfNow(() => Date.now()),
};

/** The day of a clock's instants, worked out once a quarter of an hour: a day never begins in the midst of one. */
export function createDayOfNow(nowMs: () => number): () => Day {
  let quarter = Number.NaN;
  let day: Day = '';
  return () => {
    const now = nowMs();
    const current = Math.floor(now / QUARTER_MS);
    if (current !== quarter) {
      quarter = current;
      day = dayOfInstant(now);
    }
    return day;
  };
}

/** A clock that stands still, for tests and for what is assessed on one day. */
export function fixedClock(instant: string): Clock {
  const epochMs = Date.parse(instant);
  return { nowMs: () => epochMs, today: () => dayOfInstant(epochMs) };
}

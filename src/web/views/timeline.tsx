import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { addDays, dayNumber } from '../chart/days';
import type { Lane } from '../chart/sessions';
import { useWords } from '../words/translate';

/** Until the room is known. */
const FIRST_WIDTH = 560;
const LEFT = 118;
const LANE = 34;
const TOP = 14;

export interface TimelineProps {
  readonly lanes: readonly Lane[];
  readonly from: string;
  readonly to: string;
  readonly today: string;
  /** First day that counts, as the service says. */
  readonly windowStart: string | undefined;
  readonly referredOn: string | undefined;
}

/** Sessions as ticks and series as bars; the shaded part is the window that counts. The list below says the same in words. */
export function Timeline({ lanes, from, to, today, windowStart, referredOn }: TimelineProps) {
  const { t } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const start = dayNumber(from);
  const length = Math.max(1, dayNumber(to) - start);
  const x = (day: string): number => LEFT + ((dayNumber(day) - start) / length) * (width - LEFT - 12);
  const labelled = width - LEFT < 380 ? ['01'] : ['01', '07'];
  const bottom = TOP + lanes.length * LANE;
  return (
    <div ref={place}>
      <svg class="timeline" width={width} height={bottom + 26} role="img" aria-label={t('timeline')}>
        {windowStart !== undefined && referredOn !== undefined && (
          <rect
            x={x(windowStart)}
            y={TOP - 8}
            width={Math.max(0, x(referredOn) - x(windowStart))}
            height={bottom - TOP + 8}
            rx="4"
            class="window"
          />
        )}
        {quarters(from, to).map((day) => (
          <g key={day}>
            <line x1={x(day)} x2={x(day)} y1={TOP - 8} y2={bottom} class="grid" />
            {labelled.includes(day.slice(5, 7)) && (
              <text x={x(day)} y={bottom + 16} class="axis">
                {day.slice(0, 7)}
              </text>
            )}
          </g>
        ))}
        {referredOn !== undefined && <Mark at={x(referredOn)} bottom={bottom} class="referral" />}
        <Mark at={x(today)} bottom={bottom} class="today" />
        {lanes.map((lane, index) => (
          <LaneRow
            key={`${lane.discipline}-${lane.source}-${index}`}
            lane={lane}
            y={TOP + index * LANE + LANE / 2}
            right={width - 12}
            x={x}
            windowStart={windowStart}
          />
        ))}
      </svg>
    </div>
  );
}

/** The width of an element, in pixels, as it is now. */
function useWidth(place: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

function Mark({ at, bottom, class: kind }: { readonly at: number; readonly bottom: number; readonly class: string }) {
  return <line x1={at} x2={at} y1={TOP - 10} y2={bottom} class={`moment ${kind}`} />;
}

interface LaneProps {
  readonly lane: Lane;
  readonly y: number;
  readonly right: number;
  readonly x: (day: string) => number;
  readonly windowStart: string | undefined;
}

function LaneRow({ lane, y, right, x, windowStart }: LaneProps) {
  const { t } = useWords();
  return (
    <g>
      <text x="0" y={y + 4} class="lane">
        {t(`discipline.${lane.discipline}`)}
      </text>
      <line x1={LEFT} x2={right} y1={y} y2={y} class="rail" />
      {lane.sessions.map(({ id, from, to, added }) => {
        const outside = windowStart !== undefined && from < windowStart;
        const kind = `session ${lane.source}${added ? ' added' : ''}${outside ? ' outside' : ''}`;
        if (from !== to) {
          return (
            <rect key={id} x={x(from)} y={y - 5} width={Math.max(6, x(to) - x(from))} height="10" rx="5" class={kind} />
          );
        }
        const half = added ? 11 : 7;
        return <rect key={id} x={x(from) - 1.5} y={y - half} width="3" height={2 * half} rx="1.5" class={kind} />;
      })}
    </g>
  );
}

/** First days of the quarters between two days. */
function quarters(from: string, to: string): readonly string[] {
  const days: string[] = [];
  for (let day = `${addDays(from, 31).slice(0, 7)}-01`; day <= to; day = `${addDays(day, 32).slice(0, 7)}-01`) {
    if (['01', '04', '07', '10'].includes(day.slice(5, 7))) days.push(day);
  }
  return days;
}

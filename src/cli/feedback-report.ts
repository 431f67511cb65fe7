import { parseArgs } from 'node:util';
import { isDay } from '../logic/calendar.js';
import type { FeedbackFilter, FeedbackReportRow, OverrideReasonCount, Store } from '../store/store.js';
import { csv } from './csv.js';
import { printable, textTable } from './text-table.js';
import { askedOf, WRONG_USE, wrongUse } from './wrong-use.js';
import type { Write } from './write.js';

export const FEEDBACK_REPORT_USAGE = `imsr-cds feedback report [--client ID] [--service ID] [--from YYYY-MM-DD] [--to YYYY-MM-DD]
                         [--csv | --json] [--comments]

Per card kind, and per criterion that was not met, unknown or in review on the card: how often it was shown,
accepted and overridden, and why. Days are Dutch calendar days on which the card was given, both included.
--comments adds the physicians' free comments, which may hold patient data; without it they stay in the store.
`;

type Format = 'text' | 'csv' | 'json';
type Render = (rows: readonly FeedbackReportRow[], withComments: boolean) => string;

const HEADING = [
  'card',
  'criterion',
  'status',
  'shown',
  'accepted',
  'overridden',
  'unanswered',
  'override reasons',
] as const;

const RENDER: Readonly<Record<Format, Render>> = {
  json: (rows) => `${JSON.stringify(rows, null, 2)}\n`,
  csv: (rows, withComments) =>
    csv([
      [...HEADING, ...(withComments ? ['comments'] : [])],
      ...rows.map((row) => [...cells(row, ''), ...(withComments ? [(row.comments ?? []).join('\n')] : [])]),
    ]),
  text: (rows, withComments) => {
    if (rows.length === 0) return 'No cards.\n';
    const table = textTable(
      HEADING,
      rows.map((row) => cells(row, '(all)')),
    );
    return withComments ? `${table}\n${commentList(rows)}` : table;
  },
};

/**
 * `imsr-cds feedback report`: what became of the cards.
 *
 * @param args what stands after `feedback report`
 * @param services ids of those that there are; cards of others may be there from before
 * @returns exit code: 0 when written, 2 on wrong use
 */
export async function feedbackReportCommand(
  store: Pick<Store, 'report'>,
  args: readonly string[],
  write: Write,
  services: () => readonly string[],
): Promise<number> {
  const asked = askedOf(() => readArguments(args), FEEDBACK_REPORT_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  const { filter, format } = asked;
  const rows = await store.report(filter);
  if (rows.length === 0 && filter.service !== undefined && !services().includes(filter.service)) {
    return wrongUse(`There is no such service; there are: ${services().join(', ')}.`, FEEDBACK_REPORT_USAGE, write);
  }
  write(RENDER[format](rows, filter.comments === true));
  return 0;
}

/** What is asked for, or what is wrong with how it is asked. */
function readArguments(args: readonly string[]): { readonly filter: FeedbackFilter; readonly format: Format } | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      client: { type: 'string' },
      service: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      csv: { type: 'boolean' },
      json: { type: 'boolean' },
      comments: { type: 'boolean' },
    },
  });
  for (const name of ['from', 'to'] as const) {
    const day = values[name];
    if (day !== undefined && !isDay(day)) return `--${name} takes a calendar day, YYYY-MM-DD.`;
  }
  if (values.from !== undefined && values.to !== undefined && values.from > values.to) {
    return '--from lies after --to.';
  }
  if (values.csv === true && values.json === true) return 'Choose --csv or --json, not both.';
  const { client: clientId, service, from, to, comments } = values;
  return {
    format: values.csv === true ? 'csv' : values.json === true ? 'json' : 'text',
    filter: { clientId, service, from, to, comments },
  };
}

function cells(row: FeedbackReportRow, all: string): readonly (string | number)[] {
  return [
    row.cardKind,
    row.criterion ?? all,
    row.status ?? all,
    row.shown,
    row.accepted,
    row.overridden,
    row.shown - row.accepted - row.overridden,
    row.overrideReasons.map(reasonText).join('; '),
  ];
}

function reasonText({ system, code, count }: OverrideReasonCount): string {
  if (code === undefined) return `(none given): ${count}`;
  return system === undefined ? `${code}: ${count}` : `${code} (${system}): ${count}`;
}

function commentList(rows: readonly FeedbackReportRow[]): string {
  const lines = rows.flatMap(({ cardKind, comments }) =>
    (comments ?? []).map((comment) => `  ${printable(cardKind)}: ${printable(comment)}\n`),
  );
  return lines.length === 0 ? 'No comments.\n' : `Comments (may hold patient data):\n${lines.join('')}`;
}

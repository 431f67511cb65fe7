import { ASSESS_USAGE } from './assess.js';
import { CHECK_USAGE } from './check.js';
import { CONFIG_USAGE } from './config.js';
import { FEEDBACK_DELETE_USAGE } from './feedback-delete.js';
import { FEEDBACK_REPORT_USAGE } from './feedback-report.js';
import { RECEIPT_USAGE } from './receipt.js';
import { REPORT_USAGE } from './report.js';

/** The usage of each command, by its words. */
const USAGES: Readonly<Record<string, string>> = {
  assess: ASSESS_USAGE,
  report: REPORT_USAGE,
  check: CHECK_USAGE,
  config: CONFIG_USAGE,
  'feedback report': FEEDBACK_REPORT_USAGE,
  'feedback delete': FEEDBACK_DELETE_USAGE,
  receipt: RECEIPT_USAGE,
};

/** The usage of every command. */
export const USAGE = Object.values(USAGES).join('\n');

/**
 * The help that a command line asks for: `help [COMMAND]`, or `--help` anywhere before `--`.
 *
 * @returns the usage of the command that it names, of all when it names none; nothing when no help is asked
 */
export function askedHelp(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const asked = options.some((option) => option === '--help' || option === '-h');
  if (!asked && args[0] !== 'help') return undefined;
  const words = (args[0] === 'help' ? args.slice(1) : args).filter((word) => !word.startsWith('-'));
  const named = Object.entries(USAGES).filter(([command]) =>
    command.split(' ').every((word, at) => at >= words.length || words[at] === word),
  );
  return named.length > 0 ? named.map(([, usage]) => usage).join('\n') : USAGE;
}

import { parseArgs } from 'node:util';
import { describeConfig } from '../config/describe-config.js';
import { loadConfig } from '../config/load-config.js';
import { settings } from '../config/settings.js';
import { textTable } from './text-table.js';
import { askedOf, WRONG_USE } from './wrong-use.js';
import type { Write } from './write.js';

export const CONFIG_USAGE = `imsr-cds config [--json] [--settings]

Prints the configuration in force, without secrets. --settings lists every setting with its default and meaning.
Exit code: 0 valid, 1 a setting is wrong (all are listed), 2 wrong use.
`;

/** `imsr-cds config`: what the environment makes of this service. */
export function configCommand(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (file: string) => string,
  args: readonly string[],
  write: Write,
): number {
  const options = { json: { type: 'boolean', default: false }, settings: { type: 'boolean', default: false } } as const;
  const asked = askedOf(() => parseArgs({ args: [...args], options }).values, CONFIG_USAGE, write);
  if (asked === undefined) return WRONG_USE;
  if (asked.settings) {
    const rows = Object.entries(settings).map(([name, setting]) => [
      setting.secret === false ? name : `${name} or ${name}_FILE`,
      setting.default ?? setting.defaultMeaning ?? '',
      setting.meaning,
    ]);
    write(textTable(['setting', 'default', 'meaning'], rows));
    return 0;
  }
  const described = describeConfig(loadConfig(env, readFile));
  if (asked.json) {
    write(`${JSON.stringify(described)}\n`);
    return 0;
  }
  write(`mode ${described.mode}, callers: ${described.authMode}\n`);
  for (const warning of described.warnings) write(`WARNING: ${warning}\n`);
  write(`${JSON.stringify({ settings: described.settings, clients: described.clients }, null, 2)}\n`);
  return 0;
}

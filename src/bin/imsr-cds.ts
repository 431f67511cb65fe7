#!/usr/bin/env node
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checkData, type DataFiles, linesOf } from '../check-data.js';
import { cardsOf } from '../cards-of.js';
import { assessCommand } from '../cli/assess.js';
import { checkCommand } from '../cli/check.js';
import { configCommand } from '../cli/config.js';
import { feedbackDeleteCommand } from '../cli/feedback-delete.js';
import { feedbackReportCommand } from '../cli/feedback-report.js';
import { askedHelp, USAGE } from '../cli/help.js';
import { receiptCommand } from '../cli/receipt.js';
import { reportCommand } from '../cli/report.js';
import type { Write } from '../cli/write.js';
import { systemClock } from '../clock.js';
import { loadConfig } from '../config/load-config.js';
import { readSettings } from '../config/read-settings.js';
import type { SettingValues } from '../config/settings.js';
import { CdsError } from '../errors.js';
import { newUuid } from '../ids.js';
import { CARDS_FOLDER, HOOKS_FOLDER, packageVersion } from '../package-root.js';
import { loadServices } from '../protocol/load-services.js';
import { createReportMaker } from '../report/report-about.js';
import { silentLog } from '../schemas/log.js';
import { failureCode } from '../store/failure.js';
import { openStore, STORE_FILE } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { errorLines } from './error-lines.js';

const write: Write = (text, stream = 'stdout') => void process[stream].write(text);

/** The command line; each command is a file under `src/cli/`. */
async function main(args: readonly string[]): Promise<number> {
  const help = askedHelp(args);
  if (help !== undefined) {
    write(help);
    return 0;
  }
  const [command, ...rest] = args;
  switch (command) {
    case 'assess':
      return withData((data) => assess(data, rest));
    case 'report':
      return withData((data) => report(data, rest));
    case 'check':
      return checkCommand(check, rest, write);
    case 'config':
      return configCommand(process.env, readText, rest, write);
    case 'receipt':
      return withStore((store) => receiptCommand(store, rest, write));
    case 'feedback':
      if (rest[0] === 'report')
        return withStore((store) => feedbackReportCommand(store, rest.slice(1), write, serviceIds));
      if (rest[0] === 'delete') return withStore((store) => feedbackDeleteCommand(store, rest.slice(1), write));
      break;
    case '--version':
      write(`${packageVersion()}\n`);
      return 0;
  }
  write(USAGE, 'stderr');
  return 2;
}

function assess({ knowledge, cards }: DataFiles, args: readonly string[]): Promise<number> {
  return assessCommand(
    {
      knowledge,
      clock: systemClock,
      defaultLanguage: setting('DEFAULT_LANGUAGE'),
      render: (assessed, language) => cardsOf(assessed, { knowledge, library: cards, newId: newUuid }, language),
    },
    args,
    write,
  );
}

function report({ knowledge, cards, reports }: DataFiles, args: readonly string[]): Promise<number> {
  const maker = createReportMaker(knowledge, cards, reports, newUuid, silentLog);
  const madeAt = new Date(systemClock.nowMs()).toISOString();
  return reportCommand(
    {
      knowledge,
      clock: systemClock,
      defaultLanguage: setting('DEFAULT_LANGUAGE'),
      html: (assessed, language) => maker.html(assessed, language),
      document: (assessed, language) => maker.document(assessed, language, madeAt),
    },
    args,
    write,
  );
}

function check() {
  const { value, findings, complete } = checkData(HOOKS_FOLDER, CARDS_FOLDER, setting('SITE_VALUE_SETS'));
  const protocols = [...(value?.knowledge.protocols.values() ?? [])];
  const versions = protocols.flatMap((protocol) => protocol.versions);
  const expressions = versions.flatMap((version) => version.expressions);
  return {
    findings,
    complete,
    counts: {
      services: value?.knowledge.services.length ?? 0,
      versions: versions.length,
      criteria: versions.reduce((sum, { criteria }) => sum + criteria.length, 0),
      expressions: expressions.length,
      parameters: protocols.reduce((sum, { protocol }) => sum + protocol.parameters.length, 0),
      'value sets': protocols.reduce((sum, { protocol }) => sum + protocol.valueSetNames.size, 0),
      instruments: protocols.reduce((sum, { instruments }) => sum + instruments.length, 0),
      'card templates': value?.cards.templates.size ?? 0,
    },
    onReferenceEngine: expressions.filter(({ engine }) => engine === 'reference').map(({ source }) => source),
    withoutFunction: expressions
      .filter(({ engine, inline }) => engine === 'compiled' && inline === undefined)
      .map(({ source }) => source),
  };
}

function serviceIds(): readonly string[] {
  return loadServices(HOOKS_FOLDER).services.map(({ id }) => id);
}

async function withData(run: (data: DataFiles) => Promise<number>): Promise<number> {
  const checked = checkData(HOOKS_FOLDER, CARDS_FOLDER, setting('SITE_VALUE_SETS'));
  if (checked.value !== undefined) return run(checked.value);
  for (const line of linesOf(checked)) write(`${line}\n`, 'stderr');
  return 1;
}

/**
 * One setting as the server reads it, whatever the others are: what is no matter of the data keeps no command from them.
 *
 * @throws CONFIG_INVALID
 */
function setting<Name extends 'DEFAULT_LANGUAGE' | 'SITE_VALUE_SETS'>(name: Name): SettingValues[Name] {
  const { values, issues } = readSettings(process.env, readText);
  const wrong = issues.filter(({ path }) => path === name);
  if (wrong.length > 0) throw new CdsError('CONFIG_INVALID', 'One setting is wrong.', { issues: wrong });
  return values[name];
}

/** Only what is there is looked at: an empty database, made on the spot, would say of every card that it was never given. */
async function withStore(run: (store: Store) => Promise<number>): Promise<number> {
  const { store: place } = loadConfig(process.env, readText);
  if ('dataDir' in place && isAbsent(path.join(place.dataDir, STORE_FILE))) {
    write(`No database in ${place.dataDir} (DATA_DIR); the service makes it when it first starts there.\n`, 'stderr');
    return 1;
  }
  const store = await openStore({ ...place, log: silentLog });
  try {
    return await run(store);
  } catch (error) {
    // A fault of the program, or of what is stored, is no database that is away.
    if (error instanceof CdsError || error instanceof TypeError || error instanceof SyntaxError) throw error;
    const named = 'databaseUrl' in place ? 'The database of DATABASE_URL' : 'The database in DATA_DIR';
    write(`${named} does not answer (${failureCode(error)}).\n`, 'stderr');
    return 1;
  } finally {
    await store.close();
  }
}

function isAbsent(file: string): boolean {
  try {
    statSync(file);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function readText(file: string): string {
  return readFileSync(file, 'utf8');
}

// Whoever reads what is printed may have seen enough, as `head` does: the command is finished all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    if (stream === process.stdout) write(`The output could not be written (${failureCode(error)}).\n`, 'stderr');
    process.exit(1);
  });

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof CdsError)) throw error;
  for (const line of errorLines(error)) write(`${line}\n`, 'stderr');
  process.exitCode = 1;
}

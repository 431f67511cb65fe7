import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stdout } from 'node:process';
import type { Page } from 'playwright-core';
import { buildPage, startSandbox } from './sandbox-server.js';
import { openBrowser, type Visitor, visit, type VisitOptions } from './visitor.js';

/** Takes the pictures of the README: `npm run screenshots`. Needs chromium. */

const FOLDER = 'docker/screenshots';

interface Picture extends VisitOptions {
  readonly name: string;
  readonly patient: string;
  /** Gives the page to take when it is not the visitor's own. */
  prepare(visitor: Visitor): Promise<Page | void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'approval', patient: 'all-met', height: 840, prepare: ({ sign }) => sign() },
  { name: 'not-met', patient: 'four-sessions', height: 840, prepare: ({ sign }) => sign() },
  {
    name: 'changed-facts',
    patient: 'four-sessions',
    height: 840,
    async prepare({ sign, page }) {
      await sign();
      await page.getByRole('button', { name: '3 behandelingen' }).click();
      await page.waitForSelector('#advice[data-hook="order-sign"][data-outcome="met"]');
    },
  },
  {
    name: 'two-readings-english',
    patient: 'two-readings',
    language: 'en',
    height: 840,
    prepare: ({ sign }) => sign(),
  },
  {
    name: 'criterion-tree',
    patient: 'two-readings',
    height: 840,
    async prepare({ sign, page }) {
      await sign();
      await page.evaluate("document.querySelector('.inspector').scrollIntoView({ block: 'start' })");
    },
  },
  {
    name: 'report',
    patient: 'all-met',
    height: 1000,
    async prepare({ sign, page }) {
      await sign();
      const [report] = await Promise.all([
        page.waitForEvent('popup'),
        page
          .getByRole('link', { name: /verslag/ })
          .first()
          .click(),
      ]);
      await report.waitForLoadState();
      await report.setViewportSize({ width: 1000, height: 1100 });
      return report;
    },
  },
  {
    name: 'accepted',
    patient: 'hads-missing',
    height: 840,
    async prepare({ sign, page }) {
      await sign();
      await page.getByRole('button', { name: 'Vraag de ontbrekende vragenlijst aan' }).click();
      await page.locator('.order.is-new').waitFor();
      await page.getByText('De dienst heeft uw keuze ontvangen.').waitFor();
      await page.evaluate('scrollTo(0, 0)');
    },
  },
  { name: 'tablet', patient: 'hads-missing', width: 820, height: 1180, prepare: ({ sign }) => sign() },
];

async function take(url: string, picture: Picture): Promise<void> {
  const browser = await openBrowser(picture.language);
  const visitor = await visit(browser, url, picture);
  await visitor.open(picture.patient);
  const page = (await picture.prepare(visitor)) ?? visitor.page;
  const path = join(FOLDER, `${picture.name}.png`);
  await page.screenshot({ path });
  await browser.close();
  stdout.write(`${path}\n`);
}

mkdirSync(FOLDER, { recursive: true });
await buildPage();
const sandbox = await startSandbox();
try {
  for (const picture of PICTURES) await take(sandbox.url, picture);
} finally {
  await sandbox.stop();
}

import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildPage, startSandbox } from './sandbox-server.js';
import {
  hasChromium,
  type Language,
  openBrowser,
  seriousFindings,
  tabTo,
  type Visitor,
  visit,
  type VisitOptions,
} from './visitor.js';

interface Entry {
  readonly id: string;
  readonly expected: { readonly outcome: string };
}
const { patients } = JSON.parse(readFileSync('docker/patients/index.json', 'utf8')) as { patients: readonly Entry[] };

/** What the summary of the first card says at least. */
const SUMMARIES: Readonly<Record<string, Readonly<Record<Language, RegExp>>>> = {
  met: { nl: /volgens de gegevens voldoet/i, en: /according to the data.* meets/i },
  'not-met': { nl: /voldoet volgens de gegevens niet/i, en: /not met according to the data/i },
  unknown: { nl: /ontbreekt|ontbreken/i, en: /missing/i },
  review: { nl: /uw oordeel/i, en: /your judgement/i },
  transition: { nl: /overgangsregeling/i, en: /transition rule/i },
};

describe.skipIf(!hasChromium)('the sandbox in a browser (needs chromium)', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    await buildPage();
    sandbox = await startSandbox();
    browser = await openBrowser();
  }, 120_000);

  afterEach(async () => {
    const { complaints } = visitor;
    await visitor.close();
    expect(complaints).toEqual([]);
  });

  afterAll(async () => {
    await browser.close();
    await sandbox.stop();
  });

  const arrive = async (patient: string, options: VisitOptions = {}): Promise<Visitor> => {
    visitor = await visit(browser, sandbox.url, options);
    await visitor.open(patient);
    return visitor;
  };
  const outcomeBecomes = async (outcome: string): Promise<void> => {
    await visitor.page.waitForSelector(`#advice[data-hook="order-sign"][data-outcome="${outcome}"]`);
  };

  describe.each(['nl', 'en'] as const)('in %s', (language) => {
    it.each(patients.map(({ id, expected }) => [id, expected.outcome] as const))(
      '%s is signed: %s',
      async (patient, outcome) => {
        const { sign, summaries, page } = await arrive(patient, { language });
        await sign();
        await outcomeBecomes(outcome);
        expect((await summaries())[0]).toMatch(SUMMARIES[outcome]?.[language] ?? /never/);
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
      },
    );
  });

  it('a chart that fails to come in after another was opened is no fault of the one that is shown', async () => {
    const { page } = await arrive('all-met');
    let fail: () => void = () => undefined;
    const failing = new Promise<void>((resolve) => (fail = resolve));
    await page.route('**/sandbox/fhir/Patient/four-sessions', async (route) => {
      await failing;
      await route.fulfill({ body: 'no JSON' });
    });
    const asked = page.waitForRequest('**/sandbox/fhir/Patient/four-sessions');
    await page.evaluate("location.hash = '#four-sessions'");
    await asked;
    const shown = page.waitForRequest('**/cds-services/imsr-overview');
    await page.evaluate("location.hash = '#hads-missing'");
    await shown;
    await visitor.settled('patient-view');
    const late = page.waitForResponse('**/sandbox/fhir/Patient/four-sessions');
    fail();
    await (await late).finished();
    await page.waitForTimeout(200);
    expect(await page.locator('.fault').count()).toBe(0);
  });

  it('asks in the other language when the visitor chooses it', async () => {
    const { sign, summaries, page } = await arrive('four-sessions');
    await sign();
    await page.getByRole('button', { name: 'English' }).click();
    await page
      .getByRole('heading', { name: /not met according to the data/i })
      .first()
      .waitFor();
    expect((await summaries())[0]).toMatch(SUMMARIES['not-met']?.en ?? /never/);
  });

  it('shows the language that was chosen last, whatever comes in later, and says so when none comes in', async () => {
    const { page } = await arrive('four-sessions');
    let answer: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/cds-services', async (route) => {
      if ((await route.request().headerValue('accept-language'))?.startsWith('en') === true) await late;
      await route.continue();
    });
    const asked = page.waitForRequest('**/cds-services');
    await page.getByRole('button', { name: 'English' }).click();
    await asked;
    const again = page.waitForResponse('**/cds-services');
    await page.getByRole('button', { name: 'Nederlands' }).click();
    await (await again).finished();
    await visitor.settled('patient-view');
    const calls: string[] = [];
    page.on('request', (request) => calls.push(request.url()));
    const came = page.waitForResponse('**/cds-services');
    answer();
    await (await came).finished();
    await page.waitForTimeout(200);
    expect(calls).toEqual([]);
    expect(await page.locator('html').getAttribute('lang')).toBe('nl');

    await page.unroute('**/cds-services');
    await page.route('**/cds-services', (route) => route.fulfill({ body: 'no JSON' }));
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('.fault').waitFor();
  });

  it('gives the same advice when the referral is selected as when it is signed, and lets the physician confirm', async () => {
    const { sign, summaries, page } = await arrive('referral-incomplete', { language: 'en' });
    await page.getByRole('button', { name: 'Select' }).click();
    await visitor.settled('order-select');
    const selected = await summaries();
    await sign();
    expect(await summaries()).toEqual(selected);
    expect(selected).toHaveLength(1);
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await page.locator('.order.is-signed').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Check again' }).count()).toBe(0);
  });

  it('attaches the assessment to the order, and the service hears of it', async () => {
    const { sign, page } = await arrive('four-sessions', { language: 'en' });
    await sign();
    expect(await page.locator('.order .fields .is-changed').count()).toBe(0);
    await page.getByRole('button', { name: /attach|add this check/i }).click();
    await page.locator('.order.is-changed').waitFor();
    expect(await page.locator('.order .fields .is-changed').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^Note/), expect.stringMatching(/^Attached/)]),
    );
    await page.getByText('The service has received your choice.').waitFor();
  });

  it('withdraws the order and refers back to the first line', async () => {
    const { sign, page } = await arrive('four-sessions', { language: 'en' });
    await sign();
    await page.getByRole('button', { name: /withdraw/i }).click();
    await page.locator('.order.is-withdrawn').waitFor();
    expect(await page.locator('.order.is-new').count()).toBe(1);
    await page.getByText('The service has received your choice.').waitFor();
  });

  it('requests the missing questionnaire and nothing else', async () => {
    const { sign, page } = await arrive('hads-missing', { language: 'en' });
    await sign();
    await page.getByRole('button', { name: /HADS|questionnaire/i }).click();
    await page.locator('.order.is-new').waitFor();
    expect(await page.locator('.order.is-new').allTextContents()).toEqual([expect.stringMatching(/hads/i)]);
  });

  it('sets a card aside with a reason and a comment', async () => {
    const { sign, page } = await arrive('abdominal-pain', { language: 'en' });
    await sign();
    await page.getByRole('button', { name: 'Do not follow…' }).first().click();
    await page.getByLabel('Why do you not follow this advice?').selectOption('patient-situation');
    await page.getByLabel('Comment (may stay empty)').fill('Seen in the multidisciplinary meeting');
    await page.getByRole('button', { name: 'Do not follow the advice' }).click();
    await page.getByText('The service has received your choice.').waitFor();
    expect(await page.locator('.overridden').textContent()).toMatch(
      /calls for something else.*multidisciplinary meeting/,
    );
    expect(await page.locator('.card.is-overridden .suggestions').count()).toBe(0);
  });

  it.each([
    ['nl', /verslag/i],
    ['en', /report/i],
  ] as const)('opens the report of the check from the card (%s)', async (language, name) => {
    const { sign, page } = await arrive('all-met', { language });
    await sign();
    const [report] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name }).first().click()]);
    await report.waitForLoadState();
    expect(await report.title()).toMatch(/IMSR/);
    expect(await report.locator('html').getAttribute('lang')).toBe(language);
    expect(await seriousFindings(report)).toEqual([]);
  });

  it('a report reads in a narrow panel too: nothing sticks out, and a cell has the width of the page', async () => {
    const { sign, page } = await arrive('two-readings', { width: 360, height: 740 });
    await sign();
    const [report] = await Promise.all([
      page.waitForEvent('popup'),
      page
        .getByRole('link', { name: /verslag/i })
        .first()
        .click(),
    ]);
    await report.waitForLoadState();
    await report.setViewportSize({ width: 360, height: 740 });
    expect(await report.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const narrowest = "Math.min(...[...document.querySelectorAll('td')].map((cell) => cell.clientWidth))";
    expect(await report.evaluate<number>(narrowest)).toBeGreaterThan(300);
    const timeline = report.getByRole('figure', { name: 'Eerstelijnsbehandeling in de tijd' });
    expect((await timeline.locator('svg').first().boundingBox())?.width).toBeGreaterThan(600);
    await timeline.focus();
    await report.keyboard.press('ArrowRight');
    const reasons = report.getByRole('table').first().getByRole('row').filter({ hasText: 'twee manieren' });
    expect(await reasons.getByRole('cell').count()).toBe(3);
    expect(await report.getByRole('columnheader', { name: 'Waarom' }).count()).toBe(1);
    expect(await seriousFindings(report)).toEqual([]);
  });

  describe('a changed fact changes the advice at once', () => {
    it('three more sessions of physiotherapy', async () => {
      const { sign, page } = await arrive('four-sessions');
      await sign();
      await outcomeBecomes('not-met');
      await page.getByRole('button', { name: '3 behandelingen' }).click();
      await outcomeBecomes('met');
      expect(await page.getByRole('img').locator('.session.added').count()).toBe(3);
    });

    it('a questionnaire taken out and put back', async () => {
      const { sign, page } = await arrive('all-met');
      await sign();
      await page.locator('input[name="hads"]').uncheck();
      await outcomeBecomes('unknown');
      await page.locator('input[name="hads"]').check();
      await outcomeBecomes('met');
    });

    it('the day after the last day of the transition rule', async () => {
      const { sign, page } = await arrive('transition-last-day');
      await sign();
      await outcomeBecomes('transition');
      await page.getByRole('button', { name: '1 nov 2026' }).click();
      await outcomeBecomes('not-met');
      await page.getByRole('button', { name: '31 okt 2026' }).click();
      await outcomeBecomes('transition');
    });

    it.each([
      ['psychology-unknown', 'recorded', 'met'],
      ['all-met', 'not-recorded', 'unknown'],
      ['all-met', 'not-had', 'not-met'],
    ])('psychology of %s: %s', async (patient, choice, outcome) => {
      const { sign, page } = await arrive(patient);
      await sign();
      await page.getByLabel('Psychologie', { exact: true }).selectOption(choice);
      await outcomeBecomes(outcome);
    });

    it('treatments that the EHR cannot give never read as a no', async () => {
      const { sign, page } = await arrive('four-sessions');
      await sign();
      await outcomeBecomes('not-met');
      await page.getByLabel(/Storing/).check();
      await outcomeBecomes('unknown');
    });

    it('everything put back', async () => {
      const { sign, page } = await arrive('all-met');
      await sign();
      await page.locator('input[name="hads"]').uncheck();
      await outcomeBecomes('unknown');
      await page.getByRole('button', { name: 'Alles terugzetten' }).first().click();
      await visitor.settled('patient-view');
      expect(await page.locator('input[name="hads"]').isChecked()).toBe(true);
    });
  });

  it('shows what is hostile in a card as text, and links to the web only', async () => {
    const { page } = await arrive('all-met');
    const detail = [
      '<img src=x onerror="document.title=1"> **bold**',
      '[script](javascript:document.title=2) [data](data:text/html,x) [web](https://example.org/page)',
      '| a | b |\n|:--|--:|\n| <b>1</b> | 2 |',
    ].join('\n\n');
    const card = {
      uuid: 'u',
      summary: '<b>summary</b>',
      indicator: 'warning',
      source: { label: 'Test', url: 'javascript:1' },
      detail,
    };
    await page.route('**/cds-services/imsr-indication', (route) => route.fulfill({ json: { cards: [card] } }));
    await page.getByRole('button', { name: 'Ondertekenen' }).click();
    await page.getByRole('heading', { name: '<b>summary</b>' }).waitFor();
    expect(await page.locator('.card').locator('img, b, [style]').count()).toBe(0);
    expect(await page.locator('.card strong').allTextContents()).toEqual(['bold']);
    expect(await page.locator('.card td').allTextContents()).toEqual(['<b>1</b>', '2']);
    const links = await page
      .locator('.card a')
      .evaluateAll((found) => found.map((link) => [link.getAttribute('href'), link.getAttribute('rel')]));
    expect(links).toEqual([['https://example.org/page', 'noopener noreferrer']]);
    expect(await page.title()).not.toMatch(/^[12]$/);
  });

  it('says that the service failed, and shows no old advice', async () => {
    const { page, complaints } = await arrive('all-met');
    await page.route('**/cds-services/imsr-indication', (route) =>
      route.fulfill({ status: 503, json: { resourceType: 'OperationOutcome' } }),
    );
    await page.getByRole('button', { name: 'Ondertekenen' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.card').count()).toBe(0);
    // The browser itself reports the status that this test made.
    expect(complaints.splice(0)).toEqual([expect.stringContaining('503')]);
  });

  it('can be used with the keyboard alone', async () => {
    const { page, settled } = await arrive('four-sessions', { language: 'en' });
    await tabTo(page, /^Sign$/);
    await page.keyboard.press('Enter');
    await settled('order-sign');
    await tabTo(page, /^Do not follow…$/);
    await page.keyboard.press('Enter');
    await page.locator('.override select:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.type('typed');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('The service has received your choice.').waitFor();
    expect(await page.locator('.overridden').textContent()).toMatch(/\(typed\)/);
    await tabTo(page, /^Criteria$/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'Request (JSON)' }).waitFor();
  });

  it('shows what travelled, and every criterion with its answer', async () => {
    const { sign, page } = await arrive('two-readings', { language: 'en' });
    await sign();
    expect(await page.locator('.tree .criterion').count()).toBeGreaterThan(30);
    expect(await page.locator('.criterion', { hasText: 'Reading' }).locator('dd .chip').allTextContents()).toEqual([
      'met',
      'not met',
    ]);
    await page.getByRole('tab', { name: 'Request (JSON)' }).click();
    expect(JSON.parse((await page.locator('.json pre').textContent()) ?? '')).toMatchObject({
      hook: 'order-sign',
      extension: { 'nl.imsr-cds.asOf': '2026-12-01' },
    });
    await page.getByRole('tab', { name: 'Response (JSON)' }).click();
    expect(JSON.parse((await page.locator('.json pre').textContent()) ?? '')).toHaveProperty(
      ['extension', 'nl.imsr-cds.assessment', 0, 'outcome'],
      'review',
    );
  });

  it.each([
    [1280, 'nl'],
    [820, 'en'],
    [768, 'nl'],
    [360, 'nl'],
    [360, 'en'],
  ] as const)('axe finds nothing serious at %i pixels, and nothing sticks out', async (width, language) => {
    const { sign, page } = await arrive('two-readings', { width, height: 1000, language });
    expect(await seriousFindings(page)).toEqual([]);
    await sign();
    await page.locator('.card-foot button').first().click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('#tab-response').click();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const [panel, scores] = await Promise.all(
      ['.panel:has(> .scores)', '.scores'].map((one) => page.locator(one).boundingBox()),
    );
    expect(scores!.x + scores!.width).toBeLessThan(panel!.x + panel!.width);
  });
});

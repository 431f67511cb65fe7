import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's package; where it is absent the tests in a browser are skipped, and say so. */
const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-lcd-text',
];

/** A browser whose own words (in date fields) are in a language. */
export function openBrowser(language: Language = 'nl'): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS, env: { ...process.env, LANGUAGE: language } });
}

export type Language = 'nl' | 'en';

/** Someone at the sandbox: what they do, and everything that went wrong meanwhile. */
export interface Visitor {
  readonly page: Page;
  /** Requests to another origin, messages of errors (refusals by the policy too), and uncaught errors. */
  readonly complaints: string[];
  open(patient: string): Promise<void>;
  sign(): Promise<void>;
  /** Waits until the service has answered after a change. */
  settled(hook: string): Promise<void>;
  outcome(): Promise<string | null>;
  summaries(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
}

const SIGN = /^(Ondertekenen|Opnieuw toetsen|Sign|Check again)$/;

export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visitor> {
  const { language = 'nl', width = 1280, height = 900 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'nl' ? 'nl-NL' : 'en-GB',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) complaints.push(`request to ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  const settled = async (hook: string): Promise<void> => {
    await page.waitForSelector(`#advice[data-hook="${hook}"]`);
  };
  return {
    page,
    complaints,
    settled,
    async open(patient) {
      await page.goto('about:blank');
      await page.goto(`${url}/sandbox#${patient}`);
      await settled('patient-view');
    },
    async sign() {
      await page.getByRole('button', { name: SIGN }).click();
      await settled('order-sign');
    },
    outcome: () => page.locator('#advice').getAttribute('data-outcome'),
    summaries: () => page.locator('.card h3').allTextContents(),
    close: () => context.close(),
  };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly target: readonly unknown[] }[];
  }[];
}

/** What axe calls serious or critical on the page as it stands. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Presses Tab until something with this name has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate<string>('document.activeElement?.textContent ?? ""');
    if (name.test(focused.trim())) return;
  }
  throw new Error(`nothing named ${String(name)} can be reached with the Tab key`);
}

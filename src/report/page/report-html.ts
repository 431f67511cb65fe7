import { figuresInWords } from '../../cards/values-in-words.js';
import { regimeWords } from '../../cards/regime-words.js';
import { countedOf } from '../../cards/verdict-groups.js';
import { aboutLines } from '../about-lines.js';
import { joined, type Markup, markup } from '../markup.js';
import type { Report } from '../report.js';
import type { ReportWords } from '../report-words.js';
import { turningLines } from '../turning-lines.js';
import { fieldSection } from './field-section.js';
import { chartFigures, timelineFigure } from './figures.js';
import { htmlPage } from './html-page.js';
import { criteriaTable, scoresTable, treatmentsTable } from './tables.js';

/** Where a page can lead: the same report in the other language, and as a FHIR document. */
export interface ReportLinks {
  readonly otherLanguage: string;
  readonly document: string;
}

/**
 * A report as a page of its own: figures first, then the fields, the criteria and the tables behind the figures. It
 * holds no script and asks for nothing; printed on A4 it is the report.
 *
 * @param links absent: a file, with nowhere to lead
 */
export function reportHtml(report: Report, words: ReportWords, links?: ReportLinks): string {
  const { assessment, fields, timeline } = report;
  const body = joined([
    head(report, words, links),
    report.patient.synthetic ? markup`<p class="banner">${words.say('synthetic')}</p>` : undefined,
    fields.length === 0
      ? markup`<p class="banner">${words.say('no-version', { asOf: words.day(assessment.asOf) })}</p>`
      : undefined,
    resultBlock(report, words),
    timeline === undefined ? undefined : timelineFigure(timeline, report, words),
    report.charts.length === 0 ? undefined : chartFigures(report, words),
    section(
      'fields',
      words,
      fields.length === 0 ? undefined : joined(fields.map((field) => fieldSection(field, report, words))),
    ),
    section('criteria', words, assessment.criteria.length === 0 ? undefined : criteriaTable(report, words)),
    section('tables', words, timeline === undefined ? undefined : tables(report, timeline, words)),
    about(report, words),
  ]);
  return htmlPage(words, words.say('page-title'), body);
}

function head(
  { patient, assessment, referredOn, protocol, order }: Report,
  words: ReportWords,
  links: ReportLinks | undefined,
): Markup {
  const fact = (label: string, value: string): Markup => markup`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const other = words.language === 'nl' ? 'en' : 'nl';
  return markup`<header>
<div class="title"><h1>${words.say('page-title')}</h1>
<p>${protocol.title[words.language]}</p></div>
${
  links === undefined
    ? ''
    : markup`<nav aria-label="${words.say('page-links')}"><a href="${links.otherLanguage}" lang="${other}" hreflang="${other}">${words.say('other-language')}</a> <a href="${links.document}">${words.say('document-link')}</a></nav>`
}
<dl class="facts">
${fact(words.say('label-patient'), patient.name ?? words.say('no-name'))}
${fact(words.say('label-birth-date'), patient.birthDate === undefined ? words.say('not-recorded') : words.day(patient.birthDate))}
${fact(words.say('label-sex'), patient.gender === undefined ? words.say('not-recorded') : words.term('administrative-gender', patient.gender))}
${fact(words.say('label-order'), `${words.order(order)} (${assessment.order})`)}
${fact(words.say('label-referred'), words.referral(referredOn))}
${fact(words.say('label-checked'), words.day(assessment.asOf))}
</dl>
</header>`;
}

function resultBlock(report: Report, words: ReportWords): Markup {
  const { assessment, fields, transition } = report;
  const gaps = fields
    .flatMap(({ items, scores }) => [...items, ...scores])
    .filter(({ gap }) => gap !== undefined).length;
  const dates = figuresInWords(transition, words.language);
  const regime = regimeWords(words.library, assessment.regime, words.language, dates);
  const counts =
    assessment.criteria.length === 0
      ? ''
      : `${words.say('count-criteria', countedOf(assessment.criteria))}; ${words.say('count-gaps', { gaps })}. `;
  return markup`<section class="result" aria-label="${words.say('label-result')}">
<p><span class="label">${words.say('label-result')}</span> <strong class="outcome">${words.term('outcomes', assessment.outcome)}</strong> <span>${words.say('physician-decides')}</span></p>
${joined(turningLines(report, words).map((line) => markup`<p>${line}</p>`))}
<p>${counts}${regime}</p>
${assessment.phase === 'referral' ? markup`<p>${words.say('phase-referral')}</p>` : ''}
</section>`;
}

function section(
  name: 'fields' | 'criteria' | 'tables',
  words: ReportWords,
  content: Markup | undefined,
): Markup | undefined {
  if (content === undefined) return undefined;
  return markup`<section class="${name}" aria-labelledby="heading-${name}">
<h2 id="heading-${name}">${words.say(`heading-${name}`)}</h2>
${content}
</section>`;
}

function tables(report: Report, timeline: NonNullable<Report['timeline']>, words: ReportWords): Markup {
  return markup`<h3>${words.say('heading-treatments')}</h3>
${treatmentsTable(timeline, words)}
<h3>${words.say('heading-scores')}</h3>
${scoresTable(report, words)}`;
}

function about(report: Report, words: ReportWords): Markup {
  return markup`<footer aria-labelledby="heading-about">
<h2 id="heading-about">${words.say('heading-about')}</h2>
${joined(aboutLines(report, words).map((line) => markup`<p>${line}</p>`))}
</footer>`;
}

import { Markup, markup } from '../markup.js';
import type { ReportWords } from '../report-words.js';

/** A whole HTML document around a body, with the report's style sheet inside it. */
export function htmlPage(words: ReportWords, title: string, body: Markup): string {
  return `<!doctype html>
${
  markup`<html lang="${words.language}">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="robots" content="noindex, nofollow"/>
<title>${title}</title>
<style>${new Markup(words.texts.stylesheet)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`.text
}
`;
}

export type Notice = 'refused' | 'expired' | 'gone' | 'busy';

/** A page in place of a report that cannot be opened: what is the matter, and what to do. */
export function noticeHtml(words: ReportWords, notice: Notice): string {
  const title = words.say(`link-${notice}-title`);
  return htmlPage(
    words,
    title,
    markup`<section class="notice"><h1>${title}</h1><p>${words.say(`link-${notice}`)}</p></section>`,
  );
}

/** What the page may load: its own style sheet, named by its hash, and nothing else. */
export function pagePolicy(words: Pick<ReportWords, 'texts'>): string {
  return `default-src 'none'; style-src '${words.texts.stylesheetHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
